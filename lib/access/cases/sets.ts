import { allow, type Conditions, deny, from, key, role, TEAM, teamIs } from './build.ts'
import { source } from './sources.ts'

/** kms:TagResource with the tag keys of the request; the tag `team` of the key decides if access is lost. */
const tagging = (condition: Conditions, tagKeys?: readonly string[]) => ({
  principal: role(allow('kms:TagResource', { ...teamIs('blue'), ...condition })),
  resource: key({ team: 'blue' }),
  action: 'kms:TagResource',
  ...(tagKeys && { context: { 'aws:TagKeys': tagKeys } }),
})

const any = (...values: string[]) => ({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': values } })
const all = (...values: string[]) => ({ 'ForAllValues:StringEquals': { 'aws:TagKeys': values } })
const anyNot = (...values: string[]) => ({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': values } })
const allNot = (...values: string[]) => ({ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': values } })

/** ForAnyValue and ForAllValues over no, one and two values. */
export const sets = from(source.sets, {
  'ForAnyValue fails without the key': { ...tagging(any('a')), closed: 'denied' },
  'ForAnyValue fails over the empty set': { ...tagging(any('a'), []), closed: 'denied' },
  'ForAnyValue holds for the one value': { ...tagging(any('a'), ['a']), closed: 'loss' },
  'ForAnyValue fails for another value': { ...tagging(any('a'), ['b']), closed: 'denied' },
  'ForAnyValue holds for one of two': { ...tagging(any('a'), ['b', 'a']), closed: 'loss' },
  'ForAnyValue, negated, fails without the key': { ...tagging(anyNot('a')), closed: 'denied' },
  'ForAnyValue, negated, holds if one of two differs': { ...tagging(anyNot('a'), ['a', 'b']), closed: 'loss' },
  'ForAnyValue, negated, fails if all are named': { ...tagging(anyNot('a', 'b'), ['a', 'b']), closed: 'denied' },
  'ForAllValues holds without the key': { ...tagging(all('a')), closed: 'loss' },
  'ForAllValues holds over the empty set': { ...tagging(all('a'), []), closed: 'loss' },
  'ForAllValues holds for the one value': { ...tagging(all('a'), ['a']), closed: 'loss' },
  'ForAllValues holds for two that are named': { ...tagging(all('a', 'b', 'c'), ['b', 'a']), closed: 'loss' },
  'ForAllValues fails for one that is not named': { ...tagging(all('a'), ['a', 'b']), closed: 'denied' },
  'ForAllValues, negated, holds without the key': { ...tagging(allNot('a')), closed: 'loss' },
  'ForAllValues, negated, holds if none is named': { ...tagging(allNot('a'), ['b', 'c']), closed: 'loss' },
  'ForAllValues, negated, fails if one is named': { ...tagging(allNot('a'), ['b', 'a']), closed: 'denied' },
  'ForAllValues with Null false fails without the key': {
    ...tagging({ ...all('a'), Null: { 'aws:TagKeys': 'false' } }),
    closed: 'denied',
  },
  'ForAllValues with Null false fails over the empty set': {
    ...tagging({ ...all('a'), Null: { 'aws:TagKeys': 'false' } }, []),
    closed: 'denied',
  },
  'ForAllValues with Null false fails for an empty text': {
    ...tagging({ ...all('a'), Null: { 'aws:TagKeys': 'false' } }, ['']),
    closed: 'denied',
  },
  'without the key no operator without a set operator holds': {
    ...tagging({ StringLike: { 'aws:TagKeys': 'a' } }),
    closed: 'denied',
  },
  'without the key a negated operator holds, set operator or not': {
    ...tagging({ StringNotLike: { 'aws:TagKeys': 'a' } }),
    closed: 'loss',
  },
  'two values that both do not match fail in every reading': {
    ...tagging({ StringLike: { 'aws:TagKeys': 'a' } }, ['b', 'c']),
    closed: 'denied',
  },
  'another operator than Null leaves it open what ForAllValues makes of an empty text': {
    ...tagging({ ...all('a'), 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'false' } }, ['']),
    closed: 'unknown',
  },
  'several values of a key that has one are not documented': {
    ...tagging({ StringLike: { 'aws:SourceVpc': 'vpc-1' } }),
    context: { 'aws:SourceVpc': ['vpc-1', 'vpc-1'] },
    closed: 'unknown',
  },
  'ForAnyValue:StringLike holds for one of two': {
    ...tagging({ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'cost-*' } }, ['a', 'cost-centre']),
    closed: 'loss',
  },
  'a Deny with ForAllValues strikes requests without the key': {
    principal: role(allow('kms:TagResource', teamIs('blue')), deny('kms:TagResource', all('a'))),
    resource: key({ team: 'blue' }),
    action: 'kms:TagResource',
    closed: 'denied',
  },
  'two values without a set operator are not documented': {
    ...tagging({ StringLike: { 'aws:TagKeys': 'a' } }, ['a', 'b']),
    closed: 'unknown',
  },
  'ForAllValues over the tag itself holds once it is gone': {
    principal: role(allow('kms:Decrypt', { 'ForAllValues:StringEquals': { [TEAM]: 'red' } })),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'ForAllValues over the tag that held still holds': {
    principal: role(allow('kms:Decrypt', { 'ForAllValues:StringEquals': { [TEAM]: 'blue' } })),
    resource: key({ team: 'blue' }),
    closed: 'allowed',
  },
  'ForAnyValue over the tag fails once it is gone': {
    principal: role(allow('kms:Decrypt', { 'ForAnyValue:StringEquals': { [TEAM]: 'blue' } })),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'ForAnyValue over the tag, negated, fails once it is gone': {
    principal: role(allow('kms:Decrypt', { 'ForAnyValue:StringNotEquals': { [TEAM]: 'red' } })),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
})
