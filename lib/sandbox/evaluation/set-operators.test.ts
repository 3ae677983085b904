import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { allow, factsOf, inWordsOf, type Outcome, onCondition, policy, type Row, type Situation } from './testing.ts'

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

test.each(sets)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
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
