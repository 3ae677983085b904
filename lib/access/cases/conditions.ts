import { allow, type Conditions, from, key, role, TEAM, teamIs } from './build.ts'
import { source } from './sources.ts'

/** An operator asked of the tag itself, and what the tag's going makes of it. */
const onTag = (operator: string, pattern: string, team: string) => ({
  principal: role(allow('kms:Decrypt', { [operator]: { [TEAM]: pattern } })),
  resource: key({ team }),
})

export const operatorsOnTags = from(source.operators, {
  'a negated operator that failed for the value holds for the missing tag': {
    ...onTag('StringNotEquals', 'blue', 'blue'),
    closed: 'gain',
    open: 'same',
  },
  'a negated operator that held for the value still holds': {
    ...onTag('StringNotEquals', 'blue', 'red'),
    closed: 'allowed',
  },
  'StringNotLike that failed for the value holds for the missing tag': {
    ...onTag('StringNotLike', 'b*', 'blue'),
    closed: 'gain',
  },
  'StringNotEqualsIgnoreCase that failed for the value holds for the missing tag': {
    ...onTag('StringNotEqualsIgnoreCase', 'BLUE', 'blue'),
    closed: 'gain',
  },
  'IfExists that failed for the value holds for the missing tag': {
    ...onTag('StringEqualsIfExists', 'red', 'blue'),
    closed: 'gain',
    open: 'same',
  },
  'IfExists that held for the value still holds': { ...onTag('StringLikeIfExists', 'b*', 'blue'), closed: 'allowed' },
  'a negated IfExists holds for the missing tag': {
    ...onTag('StringNotEqualsIfExists', 'blue', 'blue'),
    closed: 'gain',
  },
  'Null true holds for the missing tag': { ...onTag('Null', 'true', 'blue'), closed: 'gain', open: 'same' },
  'Null false fails for the missing tag': { ...onTag('Null', 'false', 'blue'), closed: 'loss', open: 'same' },
  'Null false holds for an empty value': { ...onTag('Null', 'false', ''), closed: 'loss' },
  'an empty value is a value to StringEquals': { ...onTag('StringEquals', '', ''), closed: 'loss' },
  'an empty value is matched by *': { ...onTag('StringLike', '*', ''), closed: 'loss' },
  'an empty value is not matched by ?*': { ...onTag('StringLike', '?*', ''), closed: 'denied' },
  'an empty value is not absent to IfExists': { ...onTag('StringEqualsIfExists', 'blue', ''), closed: 'gain' },
  '* is a literal to StringEquals': { ...onTag('StringEquals', 'b*', 'blue'), closed: 'denied' },
  '* as value is equal to * in StringEquals': { ...onTag('StringEquals', 'b*', 'b*'), closed: 'loss' },
  '? is a literal to StringEqualsIgnoreCase': { ...onTag('StringEqualsIgnoreCase', 'BLU?', 'blue'), closed: 'denied' },
  '* is a literal to StringNotEquals': { ...onTag('StringNotEquals', 'b*', 'blue'), closed: 'allowed' },
  'values are case-sensitive to StringEquals': { ...onTag('StringEquals', 'Blue', 'blue'), closed: 'denied' },
  'values are case-sensitive to StringLike': { ...onTag('StringLike', 'B*', 'blue'), closed: 'denied' },
  'values ignore case in StringEqualsIgnoreCase': {
    ...onTag('StringEqualsIgnoreCase', 'BLUE', 'blue'),
    closed: 'loss',
  },
  'a number in a tag': { ...onTag('NumericLessThan', '10', '9'), closed: 'loss' },
})

/** Within a Condition block: values OR (negated: NOR), keys AND, operators AND. */
const conditions = (condition: Conditions, tags: Record<string, string> = { team: 'blue', stage: 'dev' }) => ({
  principal: role(allow('kms:Decrypt', condition)),
  resource: key(tags),
})
const STAGE = 'aws:ResourceTag/stage'

export const conditionLogic = from(source.conditionLogic, {
  'one of several values is enough': { ...conditions(teamIs('red', 'blue')), closed: 'loss' },
  'a negated operator takes none of several values': {
    ...conditions({ StringNotEquals: { [TEAM]: ['red', 'blue'] } }),
    closed: 'gain',
  },
  'all keys of one operator must hold': {
    ...conditions({ StringEquals: { [TEAM]: 'blue', [STAGE]: 'prod' } }),
    closed: 'denied',
  },
  'all keys of one operator hold': {
    ...conditions({ StringEquals: { [TEAM]: 'blue', [STAGE]: 'dev' } }),
    closed: 'loss',
  },
  'all operators must hold': {
    ...conditions({ ...teamIs('blue'), StringNotEquals: { [STAGE]: 'dev' } }),
    closed: 'denied',
  },
  'two negated keys: the other one still fails': {
    ...conditions({ StringNotEquals: { [TEAM]: 'blue', [STAGE]: 'dev' } }),
    closed: 'denied',
  },
  'two tags go at once': {
    ...conditions({ Null: { [TEAM]: 'true', [STAGE]: 'true' } }),
    removeTags: ['team', 'stage'],
    closed: 'gain',
  },
  'one of two tags that must both be missing goes': {
    ...conditions({ Null: { [TEAM]: 'true', [STAGE]: 'true' } }),
    closed: 'denied',
  },
  'Null asked for true and false always holds': {
    ...conditions({ Null: { [TEAM]: ['true', 'false'] } }),
    closed: 'allowed',
  },
  'an ARN pattern does not cross a colon where a string pattern does': {
    ...conditions({ ...teamIs('blue'), ArnLike: { 'aws:SourceArn': 'arn:aws:someservice:*:111122223333:finance/*' } }),
    context: {
      'aws:SourceArn': 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
    },
    closed: 'denied',
  },
  'a string pattern crosses colons': {
    ...conditions({
      ...teamIs('blue'),
      StringLike: { 'aws:SourceArn': 'arn:aws:someservice:*:111122223333:finance/*' },
    }),
    context: {
      'aws:SourceArn': 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
    },
    closed: 'loss',
  },
  'an address without prefix length is that address': {
    ...conditions({ ...teamIs('blue'), IpAddress: { 'aws:SourceIp': '203.0.113.7' } }),
    context: { 'aws:SourceIp': '203.0.113.7' },
    closed: 'loss',
  },
  'IPv4 and IPv6 blocks side by side': {
    ...conditions({ ...teamIs('blue'), IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8:1234:5678::/64'] } }),
    context: { 'aws:SourceIp': '2001:db8:1234:5678::1' },
    closed: 'loss',
  },
  'an IPv6 address is in no IPv4 block': {
    ...conditions({ ...teamIs('blue'), IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }),
    context: { 'aws:SourceIp': '2001:db8::1' },
    closed: 'denied',
  },
  'a date in epoch seconds is the same instant': {
    ...conditions({ ...teamIs('blue'), DateEquals: { 'aws:TokenIssueTime': '1780315200' } }),
    context: { 'aws:TokenIssueTime': '2026-06-01T12:00:00Z' },
    closed: 'loss',
  },
})
