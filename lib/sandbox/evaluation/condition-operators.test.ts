import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  factsOf,
  inWordsOf,
  KEY,
  type Outcome,
  onCondition,
  ROLE,
  type Row,
  SECRET,
  type Situation,
} from './testing.ts'

const OPERATORS = 'IAM: Condition operators'

const TEAM = 'aws:ResourceTag/team'

const pay: Situation = { tags: { team: 'pay' } }

const yes: Outcome = 'allowed'

const no: Outcome = 'implicitDeny'

/** The request says this under the key, the policy that. */
const given = (contextKey: string, value: string | string[], operator: string, values: string | string[]): Situation =>
  onCondition(operator, contextKey, values, { context: { [contextKey]: value } })

const strings: Row[] = [
  ['StringEquals minds case', OPERATORS, onCondition('StringEquals', TEAM, 'Pay', pay), no],
  ['StringEquals takes `*` literally', OPERATORS, onCondition('StringEquals', TEAM, 'p*', pay), no],
  [
    'StringEquals equals a literal `*`',
    OPERATORS,
    onCondition('StringEquals', TEAM, 'p*', { tags: { team: 'p*' } }),
    yes,
  ],
  [
    'StringEqualsIgnoreCase does not mind case',
    OPERATORS,
    onCondition('StringEqualsIgnoreCase', TEAM, 'PAY', pay),
    yes,
  ],
  ['StringNotEqualsIgnoreCase', OPERATORS, onCondition('StringNotEqualsIgnoreCase', TEAM, 'PAY', pay), no],
  ['StringLike minds case', OPERATORS, onCondition('StringLike', TEAM, 'P*', pay), no],
  ['StringLike wants the whole string', OPERATORS, onCondition('StringLike', TEAM, 'p', pay), no],
  ['`?` is exactly one character', OPERATORS, onCondition('StringLike', TEAM, 'pay?', pay), no],
  ['`*` may stand for nothing', OPERATORS, onCondition('StringLike', TEAM, 'pay*', pay), yes],
  ['StringNotLike', OPERATORS, onCondition('StringNotLike', TEAM, 'p*', pay), no],
  ['an unknown operator', OPERATORS, onCondition('StringAlmostEquals', TEAM, 'pay', pay), 'undocumented'],
]

const numbersAndDates: Row[] = [
  ['numbers are compared as numbers', OPERATORS, given('aws:MultiFactorAuthAge', '10', 'NumericEquals', '10.0'), yes],
  ['less than', OPERATORS, given('aws:MultiFactorAuthAge', '9', 'NumericLessThan', '10'), yes],
  ['less than is not equal', OPERATORS, given('aws:MultiFactorAuthAge', '10', 'NumericLessThan', '10'), no],
  ['less than or equal', OPERATORS, given('aws:MultiFactorAuthAge', '10', 'NumericLessThanEquals', '10'), yes],
  ['greater than', OPERATORS, given('aws:MultiFactorAuthAge', '10', 'NumericGreaterThan', '9.5'), yes],
  ['greater than or equal', OPERATORS, given('aws:MultiFactorAuthAge', '9', 'NumericGreaterThanEquals', '9.5'), no],
  ['not equal', OPERATORS, given('aws:MultiFactorAuthAge', '10', 'NumericNotEquals', '10'), no],
  ['a text is no number', OPERATORS, onCondition('NumericEquals', TEAM, '1', pay), no],
  ['a negated number operator on a text', OPERATORS, onCondition('NumericNotEquals', TEAM, '1', pay), 'undocumented'],
  ['before a date', OPERATORS, given('aws:CurrentTime', '2026-11-20T23:59:59Z', 'DateLessThan', '2026-11-21'), yes],
  ['after a date', OPERATORS, given('aws:CurrentTime', '2026-11-21T00:00:00Z', 'DateGreaterThan', '2026-11-21'), no],
  [
    'at or after a date',
    OPERATORS,
    given('aws:CurrentTime', '2026-11-21T00:00:00Z', 'DateGreaterThanEquals', '2026-11-21T01:00:00+01:00'),
    yes,
  ],
  ['seconds since 1970', OPERATORS, given('aws:CurrentTime', '1970-01-01T00:01:00Z', 'DateEquals', '60'), yes],
  [
    'aws:EpochTime is the same instant',
    'IAM: Global condition keys',
    onCondition('NumericEquals', 'aws:EpochTime', '60', { context: { 'aws:CurrentTime': '1970-01-01T00:01:00Z' } }),
    yes,
  ],
  ['four digits are a year', OPERATORS, given('aws:CurrentTime', '2020-01-01T00:00:00Z', 'DateEquals', '2020'), yes],
  ['DateNotEquals', OPERATORS, given('aws:CurrentTime', '2020-01-01T00:00:00Z', 'DateNotEquals', '2020'), no],
]

const furtherOperators: Row[] = [
  ['Bool', OPERATORS, given('aws:MultiFactorAuthPresent', 'true', 'Bool', 'true'), yes],
  [
    'Bool with a JSON value',
    OPERATORS,
    onCondition('Bool', 'aws:MultiFactorAuthPresent', true, { context: { 'aws:MultiFactorAuthPresent': 'false' } }),
    no,
  ],
  ['BinaryEquals: the policy holds base64', OPERATORS, given('aws:Blob', 'Binary', 'BinaryEquals', 'QmluYXJ5'), yes],
  ['BinaryEquals: the request holds bytes', OPERATORS, given('aws:Blob', 'QmluYXJ5', 'BinaryEquals', 'QmluYXJ5'), no],
  ['BinaryEquals, other bytes', OPERATORS, given('aws:Blob', 'Binary', 'BinaryEquals', 'QmluYXJ6'), no],
  ['an address in a range', OPERATORS, given('aws:SourceIp', '203.0.113.255', 'IpAddress', '203.0.113.0/24'), yes],
  ['an address outside', OPERATORS, given('aws:SourceIp', '203.0.114.0', 'IpAddress', '203.0.113.0/24'), no],
  [
    'a range without a prefix is one address',
    OPERATORS,
    given('aws:SourceIp', '203.0.113.8', 'IpAddress', '203.0.113.7'),
    no,
  ],
  ['everything of IPv4', OPERATORS, given('aws:SourceIp', '203.0.113.8', 'IpAddress', '0.0.0.0/0'), yes],
  [
    'an IPv6 address is in no IPv4 range',
    OPERATORS,
    given('aws:SourceIp', '2001:db8::1', 'IpAddress', '0.0.0.0/0'),
    no,
  ],
  [
    'an address in an IPv6 range',
    OPERATORS,
    given('aws:SourceIp', '2001:db8:1234:5678::9', 'IpAddress', '2001:DB8:1234:5678::/64'),
    yes,
  ],
  [
    'NotIpAddress',
    OPERATORS,
    given('aws:SourceIp', '203.0.113.7', 'NotIpAddress', ['198.51.100.0/24', '203.0.113.0/24']),
    no,
  ],
  [
    'ArnEquals and ArnLike are the same',
    OPERATORS,
    onCondition('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/*`),
    yes,
  ],
  [
    'a wildcard of an ARN operator stays in its component',
    OPERATORS,
    given(
      'aws:SourceArn',
      'arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/x',
      'ArnLike',
      'arn:aws:s:*:111122223333:finance/*',
    ),
    no,
  ],
  [
    'and reaches over it as a string',
    OPERATORS,
    given(
      'aws:SourceArn',
      'arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/x',
      'StringLike',
      'arn:aws:s:*:111122223333:finance/*',
    ),
    yes,
  ],
  [
    'the sixth component holds all further colons',
    OPERATORS,
    given('aws:SourceArn', SECRET, 'ArnLike', 'arn:aws:secretsmanager:*:*:secret:*'),
    yes,
  ],
  ['ArnNotLike', OPERATORS, onCondition('ArnNotLike', 'aws:PrincipalArn', ROLE), no],
  [
    'a pattern of fewer components that no reading matches',
    OPERATORS,
    onCondition('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:sts::*'),
    yes,
  ],
  ['a `*` for a whole ARN', OPERATORS, onCondition('ArnLike', 'aws:PrincipalArn', '*'), 'undocumented'],
  ['a prefix that is too long', OPERATORS, given('aws:SourceIp', '203.0.113.7', 'IpAddress', '203.0.113.7/33'), no],
  ['a prefix that is no number', OPERATORS, given('aws:SourceIp', '203.0.113.7', 'IpAddress', '203.0.113.7/x'), no],
  ['a negative prefix', OPERATORS, given('aws:SourceIp', '203.0.113.7', 'IpAddress', '203.0.113.7/-1'), no],
  ['a range that is none', OPERATORS, given('aws:SourceIp', 'pay', 'IpAddress', 'pay/8'), no],
  ['a text is no address', OPERATORS, given('aws:SourceIp', 'pay', 'IpAddress', '0.0.0.0/0'), no],
  ['a text is no ARN', OPERATORS, given('aws:SourceArn', 'pay', 'ArnEquals', 'pay'), no],
  ['an ARN is not the beginning of it', OPERATORS, given('aws:SourceArn', KEY, 'ArnEquals', 'arn:aws:kms'), no],
  ['the beginning of an ARN is no ARN', OPERATORS, given('aws:SourceArn', 'arn:aws:kms', 'ArnEquals', KEY), no],
  [
    'a `*` at the end of an ARN that is too short',
    OPERATORS,
    onCondition('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*'),
    'undocumented',
  ],
]

test.each([...strings, ...numbersAndDates, ...furtherOperators])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
