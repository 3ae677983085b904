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

const SETS = 'IAM: Set operators for multivalued context keys'

const EXAMPLES = 'IAM: Multivalued context key examples'

const TEAM = 'aws:ResourceTag/team'

const pay: Situation = { tags: { team: 'pay' } }

const yes: Outcome = 'allowed'

const no: Outcome = 'implicitDeny'

/** The request says this under the key, the policy that. */
const given = (contextKey: string, value: string | string[], operator: string, values: string | string[]): Situation =>
  onCondition(operator, contextKey, values, { context: { [contextKey]: value } })

/** ForAllValues and Null on one key, in two spellings. */
const withNull = (tagKeys: string[], listed: string, isMissing = 'false'): Situation => ({
  identity: [
    policy(
      allow({
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': listed }, Null: { 'AWS:tagkeys': isMissing } },
      }),
    ),
  ],
  context: { 'aws:TagKeys': tagKeys },
})

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

const sets: Row[] = [
  ['ForAllValues is true without the key', SETS, onCondition('ForAllValues:StringEquals', 'aws:TagKeys', 'team'), yes],
  ['ForAllValues is true of an empty list', SETS, given('aws:TagKeys', [], 'ForAllValues:StringEquals', 'team'), yes],
  [
    'ForAllValues wants every value',
    SETS,
    given('aws:TagKeys', ['team', 'stage'], 'ForAllValues:StringEquals', 'team'),
    no,
  ],
  [
    'ForAllValues, every value listed',
    SETS,
    given('aws:TagKeys', ['team', 'stage'], 'ForAllValues:StringEquals', ['team', 'stage', 'x']),
    yes,
  ],
  [
    'ForAllValues negated wants every value outside',
    SETS,
    given('aws:TagKeys', ['team', 'stage'], 'ForAllValues:StringNotEquals', 'team'),
    no,
  ],
  ['ForAnyValue is false without the key', SETS, onCondition('ForAnyValue:StringEquals', 'aws:TagKeys', 'team'), no],
  [
    'ForAnyValue is false without the key, negated, too',
    SETS,
    onCondition('ForAnyValue:StringNotEquals', 'aws:TagKeys', 'team'),
    no,
  ],
  ['ForAnyValue wants one value', SETS, given('aws:TagKeys', ['team', 'stage'], 'ForAnyValue:StringLike', 'st*'), yes],
  [
    'ForAnyValue negated wants one value outside',
    SETS,
    given('aws:TagKeys', ['team', 'stage'], 'ForAnyValue:StringNotEquals', 'team'),
    yes,
  ],
  [
    'ForAnyValue negated: one value outside all of the policy’s',
    SETS,
    given('aws:TagKeys', ['team', 'stage'], 'ForAnyValue:StringNotEquals', ['team', 'stage']),
    no,
  ],
  [
    'the empty string is a value or an empty set to ForAllValues',
    SETS,
    onCondition('ForAllValues:StringEquals', TEAM, 'pay', { tags: { team: '' } }),
    'undocumented',
  ],
  [
    'ForAllValues that holds of it both ways',
    SETS,
    onCondition('ForAllValues:StringEquals', TEAM, '', { tags: { team: '' } }),
    yes,
  ],
  [
    'the empty string is a value or an empty set to ForAnyValue',
    SETS,
    onCondition('ForAnyValue:StringEquals', TEAM, '', { tags: { team: '' } }),
    'undocumented',
  ],
  [
    'ForAnyValue that fails of it both ways',
    SETS,
    onCondition('ForAnyValue:StringEquals', TEAM, 'pay', { tags: { team: '' } }),
    no,
  ],
  ['ForAllValues with Null false: no empty text', EXAMPLES, withNull([''], 'team'), no],
  ['ForAllValues with Null false: no empty texts', EXAMPLES, withNull(['', ''], 'team'), no],
  ['ForAllValues with Null false: no missing key', EXAMPLES, withNull([], 'team'), no],
  ['ForAllValues with Null false: what is listed', EXAMPLES, withNull(['team'], 'team'), yes],
  ['ForAllValues with Null true: an empty text is there', EXAMPLES, withNull([''], 'team', 'true'), no],
  ['ForAllValues with Null true: a missing key', EXAMPLES, withNull([], 'team', 'true'), yes],
  ['ForAllValues with Null false: an empty text that is listed', EXAMPLES, withNull([''], ''), 'undocumented'],
  ['a set operator on a key with one value', SETS, onCondition('ForAnyValue:StringEquals', TEAM, 'pay', pay), yes],
  [
    'kms:ResourceAliases has many values',
    'KMS: Condition keys',
    onCondition('ForAnyValue:StringLike', 'kms:ResourceAliases', 'alias/a*', {
      resource: { aliases: ['alias/b', 'alias/app'] },
    }),
    yes,
  ],
  [
    'a multivalued key without a set operator',
    SETS,
    onCondition('StringLike', 'kms:ResourceAliases', 'alias/a*', { resource: { aliases: ['alias/app'] } }),
    'undocumented',
  ],
  [
    'a multivalued key without a set operator, and no value that matches',
    SETS,
    onCondition('StringLike', 'kms:ResourceAliases', 'alias/c*', { resource: { aliases: ['alias/b', 'alias/app'] } }),
    no,
  ],
  [
    'a multivalued key without a set operator, and a value that a negated operator excludes',
    SETS,
    onCondition('StringNotLike', 'kms:ResourceAliases', 'alias/a*', { resource: { aliases: ['alias/app'] } }),
    no,
  ],
  [
    'a multivalued key without a set operator or a value',
    SETS,
    onCondition('StringNotLike', 'kms:ResourceAliases', 'alias/a*'),
    yes,
  ],
  [
    'ForAnyValue with IfExists without the key',
    SETS,
    onCondition('ForAnyValue:StringEqualsIfExists', 'aws:TagKeys', 'team'),
    'undocumented',
  ],
  [
    'ForAllValues with IfExists without the key is true both ways',
    SETS,
    onCondition('ForAllValues:StringEqualsIfExists', 'aws:TagKeys', 'team'),
    yes,
  ],
  [
    'an empty string beside others is an element',
    SETS,
    given('aws:TagKeys', ['', 'team'], 'ForAllValues:StringEquals', 'team'),
    no,
  ],
]

test.each([...combining, ...missing, ...sets])('%s (%s)', (_rule, _source, situation, outcome) => {
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

test('an empty text is read as an empty set', () => {
  const judgement = evaluate(factsOf(onCondition('ForAllValues:StringEquals', TEAM, 'pay', { tags: { team: '' } })))
  expect(judgement).toMatchObject({ decision: 'allowed', undocumented: expect.stringContaining('null data set') })
})

test('a multivalued key without a set operator is read as by ForAnyValue', () => {
  const aliases = { resource: { aliases: ['alias/b', 'alias/app'] } }
  const judgement = evaluate(factsOf(onCondition('StringLike', 'kms:ResourceAliases', 'alias/a*', aliases)))
  expect(judgement).toMatchObject({ decision: 'allowed', undocumented: expect.stringContaining('multivalued') })
})
