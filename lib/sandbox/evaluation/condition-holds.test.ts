import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { listOf } from './facts.ts'
import {
  allow,
  factsOf,
  inWordsOf,
  KEY,
  type Outcome,
  onCondition,
  policy,
  type Row,
  type Situation,
} from './testing.ts'

const OPERATORS = 'IAM: Condition operators'

const TEAM = 'aws:ResourceTag/team'

const pay: Situation = { tags: { team: 'pay' } }

const yes: Outcome = 'allowed'

const no: Outcome = 'implicitDeny'

const combining: Row[] = [
  [
    'the values of a key are alternatives',
    'IAM: Conditions with multiple keys or values',
    onCondition('StringEquals', TEAM, ['ops', 'pay'], pay),
    yes,
  ],
  [
    'no value of a negated operator may match',
    'IAM: Conditions with multiple keys or values',
    onCondition('StringNotEquals', TEAM, ['ops', 'pay'], pay),
    no,
  ],
  [
    'all keys must hold',
    'IAM: Conditions with multiple keys or values',
    {
      ...pay,
      identity: [policy(allow({ Condition: { StringEquals: { [TEAM]: 'pay', 'aws:ResourceTag/stage': 'dev' } } }))],
    },
    no,
  ],
  [
    'all operators must hold',
    'IAM: Conditions with multiple keys or values',
    {
      ...pay,
      identity: [policy(allow({ Condition: { StringEquals: { [TEAM]: 'pay' }, StringLike: { [TEAM]: 'o*' } } }))],
    },
    no,
  ],
  [
    'an empty list of values matches nothing',
    'IAM: Conditions with multiple keys or values',
    onCondition('StringEquals', TEAM, [], pay),
    no,
  ],
  [
    'names of condition keys ignore case',
    'IAM: Controlling access using tags',
    onCondition('StringEquals', 'AWS:resourcetag/TEAM', 'pay', pay),
    yes,
  ],
  [
    'the tag key is all that stands behind the first slash',
    'IAM: Controlling access using tags',
    onCondition('StringEquals', 'aws:ResourceTag/a/b:c', 'x', { tags: { 'a/b:c': 'x' } }),
    yes,
  ],
  [
    'two tags that differ only by case',
    'IAM: Troubleshoot access denied',
    onCondition('StringEquals', TEAM, 'pay', { tags: { team: 'pay', Team: 'ops' } }),
    'undocumented',
  ],
  [
    'two tags that differ only by case, of which neither has the value',
    'IAM: Troubleshoot access denied',
    onCondition('StringEquals', TEAM, 'data', { tags: { team: 'pay', Team: 'ops' } }),
    no,
  ],
  [
    'two tags that differ only by case, of which both have the value',
    'IAM: Troubleshoot access denied',
    onCondition('StringEquals', TEAM, 'pay', { tags: { team: 'pay', Team: 'pay' } }),
    'undocumented',
  ],
  [
    'neither of two tags that differ only by case has the value, and none is read',
    'IAM: Troubleshoot access denied',
    onCondition('StringNotEquals', TEAM, 'data', { tags: { team: 'pay', Team: 'ops' } }),
    'undocumented',
  ],
  [
    'two tags that differ only by case are there all the same',
    'IAM: Troubleshoot access denied',
    onCondition('Null', TEAM, 'false', { tags: { team: 'pay', Team: 'ops' } }),
    yes,
  ],
]

const missing: Row[] = [
  ['StringEquals is false without the key', OPERATORS, onCondition('StringEquals', TEAM, 'pay'), no],
  ['StringLike `*` is false without the key', OPERATORS, onCondition('StringLike', TEAM, '*'), no],
  ['Bool is false without the key', OPERATORS, onCondition('Bool', 'aws:MultiFactorAuthPresent', 'false'), no],
  [
    'NumericLessThan is false without the key',
    OPERATORS,
    onCondition('NumericLessThan', 'aws:MultiFactorAuthAge', '10'),
    no,
  ],
  ['IpAddress is false without the key', OPERATORS, onCondition('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), no],
  ['StringNotEquals is true without the key', OPERATORS, onCondition('StringNotEquals', TEAM, 'pay'), yes],
  ['StringNotLike is true without the key', OPERATORS, onCondition('StringNotLike', TEAM, '*'), yes],
  ['ArnNotLike is true without the key', OPERATORS, onCondition('ArnNotLike', 'aws:SourceArn', KEY), yes],
  ['NotIpAddress is true without the key', OPERATORS, onCondition('NotIpAddress', 'aws:SourceIp', '0.0.0.0/0'), yes],
  [
    'DateNotEquals is true without the key',
    OPERATORS,
    onCondition('DateNotEquals', 'aws:TokenIssueTime', '2020-01-01'),
    yes,
  ],
  ['IfExists is true without the key', OPERATORS, onCondition('StringEqualsIfExists', TEAM, 'pay'), yes],
  ['IfExists looks at a key that is there', OPERATORS, onCondition('StringEqualsIfExists', TEAM, 'ops', pay), no],
  [
    'a negated IfExists looks at a key that is there',
    OPERATORS,
    onCondition('StringNotEqualsIfExists', TEAM, 'pay', pay),
    no,
  ],
  ['Null true asks for absence', OPERATORS, onCondition('Null', TEAM, 'true'), yes],
  ['Null true is false of a key that is there', OPERATORS, onCondition('Null', TEAM, true, pay), no],
  ['Null false asks for presence', OPERATORS, onCondition('Null', TEAM, 'false', pay), yes],
  ['Null false is false of an absent key', OPERATORS, onCondition('Null', TEAM, false), no],
  [
    'an empty tag value is a value',
    'KMS: Tags in AWS KMS',
    onCondition('Null', TEAM, 'false', { tags: { team: '' } }),
    yes,
  ],
  [
    'an empty tag value equals the empty string',
    OPERATORS,
    onCondition('StringEquals', TEAM, '', { tags: { team: '' } }),
    yes,
  ],
  [
    'kms:ResourceAliases is absent without aliases',
    'KMS: Condition keys',
    onCondition('Null', 'kms:ResourceAliases', 'true'),
    yes,
  ],
  ['Null with both values holds always', OPERATORS, onCondition('Null', TEAM, ['true', 'false'], pay), yes],
]

test.each([...combining, ...missing])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})

/** Allowed and denied on a condition each. */
const onBoth = (allowed: Situation, denied: Situation): Situation => ({
  ...allowed,
  identity: [
    ...(allowed.identity ?? []),
    ...(denied.identity ?? []).map(({ Statement, ...document }) => ({
      ...document,
      Statement: listOf(Statement).map((statement) => ({ ...statement, Effect: 'Deny' as const })),
    })),
  ],
})
const twoTeams: Situation = { tags: { team: 'pay', Team: 'ops' } }
const noTeam: Situation = { tags: { team: '' } }

test.each<[string, Situation, Outcome]>([
  [
    'the same condition on tags that differ only by case',
    onBoth(onCondition('StringEquals', TEAM, 'pay', twoTeams), onCondition('StringEquals', TEAM, 'pay')),
    'implicitDeny',
  ],
  [
    'another condition on them',
    onBoth(onCondition('StringEquals', TEAM, 'pay', twoTeams), onCondition('StringLike', TEAM, 'o*')),
    'undocumented',
  ],
  [
    'set operators on one empty text, met only by the empty set',
    onBoth(
      onCondition('ForAllValues:StringEquals', TEAM, 'pay', noTeam),
      onCondition('ForAllValues:StringLike', TEAM, 'o*'),
    ),
    'explicitDeny',
  ],
])('refused by every reading, or open, in Allow and Deny: %s', (_case, situation, outcome) => {
  const judgement = evaluate(factsOf(situation))
  expect(inWordsOf(outcome, judgement)).toBe(outcome)
})
