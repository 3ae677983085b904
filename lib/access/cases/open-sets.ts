import { allow, type Conditions, deny, from, key, role, TEAM, teamIs } from './build.ts'
import { loses, mayLose, unaffected, unknown } from './outcome.ts'
import { source } from './sources.ts'
import { absent, has, is, not, when } from './witness.ts'

const blue = key({ team: 'blue' })
const and = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})
const byTag = (condition: Conditions) => ({ principal: role(allow('kms:*', and(condition))), resource: blue })

const tagging = (condition: Conditions) => ({ ...byTag(condition), action: 'kms:TagResource' })
const TAG_KEYS = 'aws:TagKeys'
const RDS = 'rds.us-east-1.amazonaws.com'

/** Sets: which elements are there, not in which order. */
export const openSets = from(source.sets, {
  'all are a, all are b, and the set is not empty: impossible': {
    ...tagging({
      'ForAllValues:StringEquals': { [TAG_KEYS]: 'a' },
      'ForAllValues:StringLike': { [TAG_KEYS]: 'b' },
      Null: { [TAG_KEYS]: 'false' },
    }),
    open: unaffected('deny'),
  },
  'all are a, all are b: the empty set': {
    ...tagging({ 'ForAllValues:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAllValues:StringLike': { [TAG_KEYS]: 'b' } }),
    closed: 'loss',
    open: loses('depends', when({ [TAG_KEYS]: absent })),
  },
  'a Null beside ForAllValues asks something else of an empty text': {
    principal: role(
      allow('kms:TagResource', and({ 'ForAllValues:StringEquals': { [TAG_KEYS]: '' } })),
      deny('kms:TagResource', { 'ForAllValues:StringEquals': { [TAG_KEYS]: '' }, Null: { [TAG_KEYS]: 'false' } }),
      deny('kms:TagResource', { Null: { [TAG_KEYS]: 'true' } }),
    ),
    resource: blue,
    action: 'kms:TagResource',
    open: unknown,
  },
  'one is a, one is like b*: two elements': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAnyValue:StringLike': { [TAG_KEYS]: 'b*' } }),
    closed: 'denied',
    open: loses(
      'depends',
      when({ [TAG_KEYS]: (values) => has('a')(values) && values?.some((value) => value.startsWith('b')) === true }),
    ),
  },
  'one is a, all are like b*: impossible': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAllValues:StringLike': { [TAG_KEYS]: 'b*' } }),
    open: unaffected('deny'),
  },
  'one is not a, one is a: two elements': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAnyValue:StringNotEquals': { [TAG_KEYS]: 'a' } }),
    open: loses('depends', when({ [TAG_KEYS]: (values) => has('a')(values) && (values?.length ?? 0) > 1 })),
  },
  'ForAllValues makes up for the tag: lost where one element is not named': {
    principal: role(
      allow('kms:TagResource', teamIs('blue')),
      allow('kms:TagResource', { 'ForAllValues:StringEquals': { [TAG_KEYS]: ['a', 'b'] } }),
    ),
    resource: blue,
    action: 'kms:TagResource',
    closed: 'allowed',
    open: mayLose(
      'allow',
      when({ [TAG_KEYS]: (values) => values?.some((value) => value !== 'a' && value !== 'b') === true }),
    ),
  },
  'ForAnyValue makes up for the tag: lost where no element is named': {
    principal: role(
      allow('kms:TagResource', teamIs('blue')),
      allow('kms:TagResource', { 'ForAnyValue:StringEquals': { [TAG_KEYS]: ['a', 'b'] } }),
    ),
    resource: blue,
    action: 'kms:TagResource',
    closed: 'loss',
    open: mayLose('allow', when({ [TAG_KEYS]: (values) => !values?.some((value) => value === 'a' || value === 'b') })),
  },
  'services in the chain of the call': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }),
    ),
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', when({ 'aws:CalledVia': not(has('athena.amazonaws.com')) })),
  },
  // Of a missing key it is not documented; here the key is there.
  'ForAnyValue with IfExists of a key that another condition needs': {
    principal: role(
      allow('kms:*', and({ StringEquals: { 'kms:ViaService': RDS } })),
      deny('kms:*', { 'ForAnyValue:StringNotEqualsIfExists': { 'kms:ViaService': RDS } }),
    ),
    resource: blue,
    open: loses('depends', when({ 'kms:ViaService': is(RDS) })),
  },
  'a multivalued key without a set operator is not documented': {
    ...tagging({ StringEquals: { [TAG_KEYS]: 'a' } }),
    open: unknown,
  },
})
