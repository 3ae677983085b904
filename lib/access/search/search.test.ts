import { describe, expect, test } from 'vitest'
import type { LiveStatement, Verdict } from '../situation.ts'
import { defaultLimits } from './limits.ts'
import { searchSituation } from './search.ts'
import { type Ask, allow, atom, deny, opaque, situation, the } from './testing.ts'

/** An Allow, or a Deny, that the removal ends. */
const ends = (...asks: readonly Ask[]) => allow(asks.map(atom), null)
const lifted = (...asks: readonly Ask[]) => deny(asks.map(atom), null)
const allowed = (...asks: readonly Ask[]) => allow(asks.map(atom))
const denied = (...asks: readonly Ask[]) => deny(asks.map(atom))
/** A set operator that stands beside `Null: false` for the same key. */
const besideNull = (ask: Ask) => {
  const { text, ...rest } = atom(ask)
  return { ...rest, text: `${text} beside Null`, operator: { ...rest.operator, isBesideNull: true as const } }
}

const none = { effect: [], flipped: [] }
const loss = { effect: ['loss'] } as const
const mayLose = { before: 'allow', after: 'depends', effect: ['may-lose'] } as const
const mfa = 'aws:multifactorauthpresent'
const mfaAge = 'aws:multifactorauthage'
const date = 'aws:currenttime'
const seconds = 'aws:epochtime'

type Row = readonly [rule: string, statements: readonly LiveStatement[], expected: Partial<Verdict>]

const values: readonly Row[] = [
  [
    '`a*` without `a?*` and without `a` is nothing',
    [ends(['StringLike', 'v', 'a*'], ['StringNotLike', 'v', 'a?*'], ['StringNotEquals', 'v', 'a'])],
    none,
  ],
  [
    '`a*` without `a?*` is `a`',
    [ends(['StringLike', 'v', 'a*'], ['StringNotLike', 'v', 'a?*'])],
    { ...loss, witness: { v: 'a' } },
  ],
  [
    'a text in another case does not match as the text does',
    [ends(['StringEqualsIgnoreCase', 'v', 'ab'], ['StringNotLike', 'v', '?b'])],
    { ...loss, witness: { v: 'aB' } },
  ],
  [
    'a value that stands for all others is none that is named',
    [ends(['StringNotEquals', 'v', 'other'], ['Null', 'v', 'false'])],
    { ...loss, witness: { v: 'other-2' } },
  ],
  [
    'nor is it one that is named in another case',
    [ends(['StringNotEqualsIgnoreCase', 'v', 'OTHER'], ['Null', 'v', 'false'])],
    { ...loss, witness: { v: 'other-2' } },
  ],
  [
    'the halves of a block are the block',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['NotIpAddress', 'i', '10.0.0.0/9', '10.128.0.0/9'])],
    none,
  ],
  [
    'the last address of a block is inside',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['NotIpAddress', 'i', '10.0.0.0/9', '10.128.0.0/10', '10.192.0.0/11'])],
    { ...loss, witness: { i: '10.224.0.0' } },
  ],
  [
    'the address after a block is outside',
    [ends(['NotIpAddress', 'i', '0.0.0.0/1'], ['IpAddress', 'i', '0.0.0.0/0'])],
    loss,
  ],
  [
    'addresses outside of all blocks read as examples, as long as one is left',
    [ends(['NotIpAddress', 'i', '203.0.113.0/24'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '198.51.100.7' } },
  ],
  [
    'so do those of IPv6',
    [ends(['NotIpAddress', 'i', '0.0.0.0/0'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '2001:db8::7' } },
  ],
  [
    'the lowest addresses are before all blocks',
    [ends(['NotIpAddress', 'i', '128.0.0.0/1', '::/0'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '0.0.0.0' } },
  ],
  [
    'so are those of IPv6',
    [ends(['NotIpAddress', 'i', '0.0.0.0/0', '2000::/3', '4000::/2', '8000::/1'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '::' } },
  ],
  [
    'a text that is excluded leaves other addresses',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['StringNotEquals', 'i', '10.0.0.0'])],
    { ...loss, witness: { i: '10.0.0.1' } },
  ],
  [
    'a text that is excluded, in any case, leaves other addresses',
    [ends(['IpAddress', 'v', '::/4'], ['StringNotEqualsIgnoreCase', 'v', '::'])],
    loss,
  ],
  [
    'no number is between a number and itself',
    [ends(['NumericLessThan', 'n', '5'], ['NumericGreaterThanEquals', 'n', '5'])],
    none,
  ],
  [
    'a number is between two that follow each other',
    [ends(['NumericGreaterThan', 'n', '5'], ['NumericLessThan', 'n', '6'])],
    { ...loss, witness: { n: '5.5' } },
  ],
  [
    'a text that is excluded leaves other numbers',
    [ends(['NumericLessThan', 'n', '5'], ['StringNotEquals', 'n', '4', '4.0', '1'])],
    loss,
  ],
  [
    'so does one that is excluded in any case',
    [ends(['NumericLessThan', 'n', '5'], ['StringNotEqualsIgnoreCase', 'n', '4', '4.0', '1'])],
    loss,
  ],
  [
    'a text that is excluded leaves other moments',
    [ends(['DateLessThan', 'd', '2026-01-01T00:00:00Z'], ['StringNotEquals', 'd', '2025-12-31T23:59:59Z'])],
    loss,
  ],
  [
    'a number that is excluded as a text is left in another spelling',
    [ends(['NumericEquals', 'n', '5'], ['StringNotEquals', 'n', '5'])],
    { ...loss, witness: { n: '5.0' } },
  ],
  [
    'a fraction that is excluded as a text is left in another spelling',
    [ends(['NumericEquals', 'n', '5.5'], ['StringNotEquals', 'n', '5.5'])],
    { ...loss, witness: { n: '5.50' } },
  ],
  [
    'a number is below a very small one',
    [ends(['NumericGreaterThan', 'n', '0'], ['NumericLessThan', 'n', '0.0000001'])],
    loss,
  ],
  ['a number is above a very great one', [ends(['NumericGreaterThan', 'n', `1${'0'.repeat(25)}`])], loss],
  [
    'a boundary is a number of its own',
    [ends(['NumericLessThanEquals', 'n', '5'], ['NumericGreaterThanEquals', 'n', '5'])],
    { ...loss, witness: { n: '5' } },
  ],
  [
    'a number is above the last that has a neighbour',
    [ends(['NumericGreaterThan', 'n', String(2 ** 53)])],
    { ...loss, witness: { n: String(2 ** 53 + 8) } },
  ],
  ['a moment is before one that no year of four digits has', [ends(['DateLessThan', 'd', '-100000000000'])], loss],
  [
    'a moment reads as a date',
    [ends(['DateGreaterThan', 'd', '2031-01-01T00:00:00Z'])],
    { ...loss, witness: { d: '2031-01-01T00:00:01Z' } },
  ],
  ['a moment is after one that no year has', [ends(['DateGreaterThan', 'd', String(10 ** 20)])], loss],
  ['a number is less than one beyond all numbers', [ends(['NumericLessThan', 'v', '9'.repeat(400)])], loss],
  ['a moment is before one beyond all moments', [ends(['DateLessThan', 'v', '9'.repeat(400)])], loss],
  [
    'a pattern without wildcards is one text, and this is one number',
    [ends(['StringLike', 'v', '5'], ['NumericGreaterThan', 'v', '6'])],
    none,
  ],
  [
    'a pattern of an ARN without wildcards is one text, and this is no number',
    [ends(['ArnLike', 'v', 'arn:aws:s3:::a'], ['NumericGreaterThan', 'v', '6'])],
    { effect: ['unknown'] },
  ],
  ['a truth value has no third', [ends(['StringNotEquals', 'b', 'true', 'false'], ['Null', 'b', 'false'])], none],
  [
    'MFA true and false are denied, missing is not',
    [allowed(), denied(['Bool', mfa, 'true']), denied(['Bool', mfa, 'false']), deny(null, [])],
    { before: 'depends', after: 'deny', effect: ['loss'], witness: { [mfa]: null } },
  ],
  [
    'three Allows over MFA make up for one by tag',
    [ends(), allowed(['Bool', mfa, 'true']), allowed(['Bool', mfa, 'false']), allowed(['Null', mfa, 'true'])],
    { before: 'allow', after: 'allow', effect: [] },
  ],
  [
    'an alias of the key or none',
    [ends(['StringNotEquals', 'kms:requestalias', 'alias/app', 'alias/web'], ['Null', 'kms:requestalias', 'false'])],
    none,
  ],
]

const sets: readonly Row[] = [
  [
    'all are `a`, all are `b`, and there are some: no set is so',
    [
      allow(
        [
          besideNull(['ForAllValues:StringEquals', 's', 'a']),
          besideNull(['ForAllValues:StringEquals', 's', 'b']),
          atom(['Null', 's', 'false']),
        ],
        null,
      ),
    ],
    none,
  ],
  [
    'one is `a` and one is `b` takes a set of two',
    [ends(['ForAnyValue:StringEquals', 's', 'a'], ['ForAnyValue:StringEquals', 's', 'b'])],
    { ...loss, witness: { s: ['a', 'b'] } },
  ],
  [
    'a key with one value has no two',
    [ends(['ForAnyValue:StringEquals', 'v', 'a'], ['ForAnyValue:StringEquals', 'v', 'b'])],
    none,
  ],
]

const pairs: readonly Row[] = [
  [
    'two values of one cell may differ',
    [ends(['StringLike', 'u', 'p?'], ['StringLike', 'v', 'p?'], ['StringNotEquals', 'u', the('v')])],
    loss,
  ],
  [
    'values of two cells are not equal',
    [ends(['StringLike', 'u', 'p*'], ['StringLike', 'v', 'q*'], ['StringEquals', 'u', the('v')])],
    none,
  ],
  [
    'one text is equal to itself',
    [ends(['StringEquals', 'u', 'p'], ['StringEquals', 'v', 'p'], ['StringNotEquals', 'u', the('v')])],
    none,
  ],
  [
    'three texts of one cell may differ pairwise',
    [
      ends(
        ...['u', 'v', 'w'].map((key): Ask => ['StringLike', key, '?']),
        ['StringNotEquals', 'u', the('v')],
        ['StringNotEquals', 'v', the('w')],
        ['StringNotEquals', 'w', the('u')],
      ),
    ],
    loss,
  ],
  [
    'the default of a variable is a value',
    [ends(['StringEquals', 'u', the("v, 'x'")], ['Null', 'v', 'true'])],
    { ...loss, witness: { u: 'x', v: null } },
  ],
  ['one text may be an ARN, and equal to itself', [ends(['ArnLike', 'u', the('v')])], loss],
  [
    'an alias of the key may be named elsewhere',
    [ends(['StringEquals', 'u', the('kms:requestalias')])],
    { ...loss, witness: { u: 'alias/app', 'kms:requestalias': 'alias/app' } },
  ],
  [
    'two ARNs are not equal',
    [
      ends(
        ['ArnLike', 'u', the('v')],
        ['StringEquals', 'u', 'arn:aws:s3:::a'],
        ['StringEquals', 'v', 'arn:aws:s3:::b'],
      ),
    ],
    none,
  ],
  [
    'an ARN and a text are not equal',
    [ends(['ArnLike', 'a', the('v')], ['ArnLike', 'a', 'arn:aws:s3:::a'], ['StringEquals', 'v', 'arn:aws:s3:::b'])],
    none,
  ],
  [
    'two texts are not equal in any case',
    [ends(['StringEquals', 'u', the('v')], ['StringEqualsIgnoreCase', 'u', 'A'], ['StringEqualsIgnoreCase', 'v', 'b'])],
    none,
  ],
  ['a missing variable matches nothing', [ends(['StringEquals', 'u', the('v')], ['Null', 'v', 'true'])], none],
  [
    'a known text leaves a variable one value',
    [ends(['StringLike', { known: ['blue-app'] }, `*-${the('v')}`], ['StringNotEquals', 'v', 'app', '', 'pp'])],
    none,
  ],
  [
    'parts of a known text',
    [ends(['StringLike', { known: ['blue-app'] }, `*${the('v')}?`], ['StringLike', 'v', 'a*'])],
    { ...loss, witness: { v: 'ap' } },
  ],
  [
    'a known text leaves a variable its value in any case',
    [ends(['StringEqualsIgnoreCase', { known: ['Blue-app'] }, `blue-${the('v')}`], ['StringNotEquals', 'v', 'app'])],
    loss,
  ],
  [
    'a known text leaves a variable a value for each pattern',
    [ends(['StringLike', { known: ['blue-app'] }, `blue-${the('v')}`, `${the('v')}-app`], ['StringLike', 'v', 'b*'])],
    { ...loss, witness: { v: 'blue' } },
  ],
  [
    'known texts leave a variable a value each',
    [ends(['ForAnyValue:StringEquals', { known: ['a-x', 'a-y'] }, `a-${the('v')}`], ['StringNotEquals', 'v', 'x'])],
    { ...loss, witness: { v: 'y' } },
  ],
  [
    'two variables stand for a known text each by itself',
    [
      ends(
        ['StringEquals', { known: ['5'] }, the('v'), the('w')],
        ['NumericLessThan', 'v', '5'],
        ['StringLike', 'w', 'c*'],
      ),
    ],
    none,
  ],
  [
    'a known text that holds a wildcard',
    [ends(['StringLike', { known: ['a*b'] }, the('v')])],
    { ...loss, witness: { v: 'a*b' } },
  ],
]

const links: readonly Row[] = [
  ['the time is always told', [ends(['Null', date, 'true'])], none],
  [
    'a moment between two in seconds',
    [ends(['NumericGreaterThan', seconds, '1767225601'], ['NumericLessThan', seconds, '1767225603'])],
    { ...loss, witness: { [seconds]: '1767225602' } },
  ],
  [
    'a moment between two in seconds that could be years',
    [ends(['NumericGreaterThan', seconds, '2026'], ['NumericLessThan', seconds, '2028'])],
    { ...loss, witness: { [seconds]: '2027' } },
  ],
  [
    'a moment between two in different notations',
    [ends(['DateGreaterThan', date, '2026-01-01T00:00:00Z'], ['NumericLessThan', seconds, '1767225602'])],
    loss,
  ],
  [
    'one moment in two notations',
    [ends(['DateLessThan', date, '2026-01-01T00:00:00Z'], ['NumericGreaterThan', seconds, '1767225600'])],
    none,
  ],
  [
    'no age without MFA',
    [ends(['NumericLessThan', mfaAge, '60'], ['BoolIfExists', mfa, 'false'], ['Null', mfa, 'false'])],
    none,
  ],
  [
    'no tag without its key',
    [ends(['StringEquals', 'aws:requesttag/a', 'x'], ['ForAllValues:StringNotEqualsIgnoreCase', 'aws:tagkeys', 'A'])],
    none,
  ],
  [
    'no tag without its key, whatever is asked of its value',
    [ends(['NumericLessThan', 'aws:requesttag/a', '5'], ['ForAllValues:StringLike', 'aws:tagkeys', 'b*'])],
    none,
  ],
  [
    'no key without its tag',
    [ends(['Null', 'aws:requesttag/a', 'true'], ['ForAnyValue:StringEquals', 'aws:tagkeys', 'A'])],
    none,
  ],
  [
    'an encryption context of exactly one pair',
    [
      ends(
        ['StringEquals', 'kms:encryptioncontext:a', 'x'],
        ['ForAllValues:StringEqualsIgnoreCase', 'kms:encryptioncontextkeys', 'a'],
        ['Null', 'kms:encryptioncontext:b', 'false'],
      ),
    ],
    none,
  ],
  [
    'tags and their keys go together',
    [ends(['StringEquals', 'aws:requesttag/a', 'x'], ['ForAllValues:StringEquals', 'aws:tagkeys', 'A', 'B'])],
    { ...loss, witness: { 'aws:tagkeys': 'A', 'aws:requesttag/a': 'x' } },
  ],
]

const open: readonly Row[] = [
  [
    'what cannot be listed is settled where its key is missing',
    [ends(), allowed(['StringLike', 'u', `${the('v')}*`])],
    { ...mayLose, witness: { u: null } },
  ],
  [
    'values that were tried confirm what no list settles',
    [ends(['StringLike', 'u', `${the('v')}-*`], ['StringEquals', 'v', 'a'])],
    { before: 'depends', after: 'deny', effect: ['loss'] },
  ],
  [
    'a text that was tried confirms a pattern of too many states',
    [ends(['StringLike', 'v', `*a${'?'.repeat(12)}`])],
    { ...loss, witness: { v: `examplea${'x'.repeat(12)}` } },
  ],
  [
    'so do texts that match patterns',
    [ends(['StringLike', 'u', `${the('v')}-*`], ['StringLike', 'v', 'a*'])],
    { before: 'depends', after: 'deny', effect: ['loss'] },
  ],
  [
    'values that were tried are told with the absence of what was not found',
    [
      ends(['StringLike', 'u', `${the('v')}-*`], ['StringEquals', 'v', 'a']),
      allowed(['StringEquals', 'w', `${the('x')}${the('y')}`]),
      allowed(['Null', 'z', 'true']),
    ],
    { effect: ['may-lose'] },
  ],
  [
    'what AWS does not say makes a flip unknown',
    [allow([opaque('x')], null)],
    { before: 'unknown', after: 'deny', effect: ['unknown'], reason: 'nobody says x' },
  ],
  [
    'what AWS does not say of ARNs is not what it does not say of empty texts',
    [
      ends(
        ['ForAnyValue:StringEquals', 's', 'arn:aws:s3:::b'],
        ['ForAllValues:ArnLike', 's', 'arn:aws:s3:::b', 'arn:aws:s3'],
      ),
      allowed(['ForAllValues:ArnLike', 's', 'arn:aws:s3:::b', 'arn:aws']),
    ],
    { effect: ['unknown'] },
  ],
  [
    'what AWS does not say of a value makes it unknown as well',
    [ends(['NumericLessThan', 'v', 'x'])],
    { effect: ['unknown'], reason: '`x` in a condition is not a number' },
  ],
  [
    'what may be gained, but for what AWS does not say of what comes after',
    [allow(null, []), deny([opaque('x'), atom(['Null', 'v', 'false'])])],
    { before: 'deny', after: 'unknown', effect: ['may-gain'], reason: 'nobody says x' },
  ],
  [
    'what is lost if it was there, of which AWS does not say all',
    [allow([], null), deny([opaque('x'), atom(['Null', 'v', 'false'])])],
    { before: 'unknown', after: 'deny', effect: ['loss'], reason: 'nobody says x' },
  ],
  [
    'a flip that AWS does not tell, where both sides hang on the request',
    [allow([opaque('x'), atom(['StringEquals', 'v', 'a'])], null), allowed(['StringEquals', 'w', 'b'])],
    { before: 'depends', after: 'depends', effect: ['unknown'], reason: 'nobody says x' },
  ],
  ['a flip that does not need it stands', [allow([opaque('x')], null), ends(['Null', 'v', 'true'])], loss],
  [
    'equal doubts are equal before and after',
    [allow([opaque('x')], [opaque('x'), atom(['Null', 'v', 'true'])]), allowed(['Null', 'v', 'true'])],
    { effect: ['unknown'] },
  ],
  [
    'no flip whatever AWS means',
    [allow([opaque('x')], null), allowed()],
    { before: 'allow', after: 'allow', effect: [] },
  ],
  ['a doubt that the tag may change', [allow([opaque('x', true)])], { effect: ['unknown'] }],
]

describe.each(Object.entries({ values, sets, pairs, links, open }))('%s', (_, rows) => {
  test.each(rows)('%s', (_rule, statements, expected) => {
    const verdict = searchSituation(situation(...statements))
    expect(verdict).toMatchObject(expected)
    expect(verdict.undecided).toBeUndefined()
  })
})

test('what one key has for aliases is nothing to another', () => {
  const question = situation(ends(['StringEquals', 'kms:requestalias', 'alias/app']))
  expect(searchSituation(question)).toMatchObject(loss)
  expect(searchSituation({ ...question, facts: { ...question.facts, aliases: ['alias/web'] } })).toMatchObject(none)
})

test('a change in every context has no witness', () => {
  expect(searchSituation(situation(ends(), denied(['StringEquals', 'v', 'x'])))).toMatchObject({ effect: ['loss'] })
  expect(searchSituation(situation(ends()))).toEqual({
    before: 'allow',
    after: 'deny',
    effect: ['loss'],
    flipped: ['statement 0'],
  })
})

test('what hangs on other keys than the witness has does not flip', () => {
  expect(searchSituation(situation(ends(), ends(['StringEquals', 'w', 'b']))).flipped).toEqual(['statement 0'])
})

test('a witness leaves out what does not matter', () => {
  const unrelated = allowed(['StringEquals', 'u', the('v')], ['StringEquals', 'u', 'y'])
  expect(searchSituation(situation(ends(['StringEquals', 'u', 'x']), unrelated)).witness).toEqual({ u: 'x' })
})

test('a witness names what matters, in words', () => {
  const { witness, when, flipped } = searchSituation(
    situation(
      ends(
        ['NotIpAddress', 'i', '10.0.0.0/8'],
        ['Null', 'i', 'false'],
        ['StringNotEquals', 'v', 'a', 'b', 'c', 'd'],
        ['Null', 'v', 'false'],
      ),
      allowed(['StringLike', 'w', 'x*']),
      lifted(['StringEquals', 'u', 'y']),
    ),
  )
  expect(witness).toEqual({ i: '203.0.113.7', v: 'other', w: null, u: null })
  expect(when).toBe(
    'i is outside `10.0.0.0/8` (such as `203.0.113.7`) and u is absent and v is not `a` or `b` or `c` or 1 more (such as `other`) and w is absent',
  )
  expect(flipped).toEqual(['statement 0'])
})

describe('limits', () => {
  const many = situation(
    ends(['StringLike', 'v', 'a*b*c*']),
    allowed(['StringLike', 'v', '*d*e*f*']),
    lifted(['ForAnyValue:StringLike', 's', 'a*'], ['ForAllValues:StringNotLike', 's', '*b']),
    allowed(['StringEquals', 'u', the('w')]),
  )

  test('with room the answer is decided', () => {
    expect(searchSituation(many).undecided).toBeUndefined()
  })
  test('out of nodes, what may happen is told, and why', () => {
    const verdict = searchSituation(many, { ...defaultLimits, nodesMax: 2 })
    expect(verdict).toMatchObject({ effect: ['may-lose', 'may-gain'], undecided: true })
    expect(verdict.reason).toBe('the search ended after 2 steps over `s`, `u`, `w`, `v`')
  })
  test.each([
    [3, 'may-lose'],
    [4, 'unknown'],
  ])('%i steps reach what AWS does not say in two of its rules: %s', (nodesMax, effect) => {
    const question = situation(allow([opaque('x'), opaque('y')], null))
    expect(searchSituation(question, { ...defaultLimits, nodesMax }).effect).toEqual([effect])
  })
  const impossible = situation(ends(['StringLike', 'v', 'a*b*'], ['StringNotLike', 'v', 'a*']))
  const setsOfTwo = situation(ends(['ForAllValues:StringLike', 's', 'a*'], ['ForAnyValue:StringLike', 's', 'b*']))
  const pairs = situation(ends(['StringEquals', 'u', the('v')], ['StringEquals', 'v', 'a'], ['StringEquals', 'u', 'b']))
  test.each([
    ['states', impossible, { statesMax: 3 }, /^not all values of `v` that matter can be listed$/],
    ['sets', setsOfTwo, { setsMax: 0 }, /^not all values of `s` that matter can be listed$/],
    // Four texts of each, or none: 25 combinations.
    ['combinations', pairs, { combinationsMax: 24 }, /^not all values of `u`, `v` that matter can be listed$/],
  ])('out of %s, what cannot happen may happen', (_, statements, limit, reason) => {
    expect(searchSituation(statements)).toMatchObject(none)
    const verdict = searchSituation(statements, { ...defaultLimits, ...limit })
    expect(verdict).toMatchObject({ before: 'depends', after: 'deny', effect: ['may-lose'], undecided: true })
    expect(verdict.reason).toMatch(reason)
  })
  test('out of combinations, those that were tried count', () => {
    const sampled = situation(ends(['StringLike', 'u', `${the('v')}-*`], ['StringEquals', 'v', 'a']))
    expect(searchSituation(sampled, { ...defaultLimits, combinationsMax: 12 })).toMatchObject(loss)
  })
  test('just enough of combinations is enough', () => {
    expect(searchSituation(pairs, { ...defaultLimits, combinationsMax: 25 })).toMatchObject(none)
  })
  const holes = [...'abcdefg']
  const pigeons = [...'12345678']
  const wide: [string, LiveStatement[]][] = [
    [
      'statements that leave eight pigeons no seven holes',
      [
        ends(),
        ...pigeons.map((pigeon) => allowed(...holes.map((hole): Ask => ['StringNotEquals', pigeon + hole, 'in']))),
        ...holes.flatMap((hole) =>
          pigeons.flatMap((pigeon, i) =>
            pigeons
              .slice(i + 1)
              .map((other) => allowed(['StringEquals', pigeon + hole, 'in'], ['StringEquals', other + hole, 'in'])),
          ),
        ),
      ],
    ],
    [
      'a pattern that remembers twelve characters',
      [ends(['StringLike', 'v', `*a${'?'.repeat(12)}`], ['StringNotLike', 'v', '*a*'])],
    ],
    [
      'all sets of eleven texts',
      [
        ends(
          ['ForAllValues:StringEquals', 's', 'z'],
          ...[...'abcdefghijk'].map((text): Ask => ['ForAnyValue:StringEquals', 's', text]),
        ),
      ],
    ],
    [
      'six keys that are equal',
      [
        ends(
          ...['vu', 'wv', 'xw', 'yx', 'zy'].map(([one = '', other = '']): Ask => ['StringEquals', one, the(other)]),
          ['StringEquals', 'u', 'a'],
          ['StringEquals', 'z', 'b'],
        ),
      ],
    ],
  ]
  test.each(wide)('by default the search ends, too: %s', (_, statements) => {
    expect(searchSituation(situation(...statements))).toMatchObject({ effect: ['may-lose'], undecided: true })
  })
  test('names that are too many to list stand with any tags', () => {
    const tags = ends(['Null', 'aws:requesttag/a', 'false'], ['Null', 'aws:requesttag/b', 'false'])
    const names = denied(['ForAllValues:StringLike', 'aws:tagkeys', 'c*'])
    const verdict = searchSituation(situation(tags, names), { ...defaultLimits, setsMax: 0 })
    expect(verdict.effect).not.toEqual([])
  })
  test('numbers that are equal may be written in more ways than are listed', () => {
    const equal = ['u', 'v', 'w'].map((key): Ask => ['NumericEquals', key, '5'])
    const different = [
      ['u', 'v'],
      ['v', 'w'],
      ['w', 'u'],
    ].map(([one = '', other = '']): Ask => ['StringNotEquals', one, the(other)])
    expect(searchSituation(situation(ends(...equal, ...different))).effect).not.toEqual([])
  })
  test.each([
    ['by themselves', [`${the('v')}${the('w')}`]],
    ['beside one that is alone', [`${the('v')}${the('w')}`, `x${the('v')}`]],
  ])('two variables in one value leave both open, %s', (_, patterns) => {
    const both = atom(['StringEquals', { known: ['abcd'] }, ...patterns])
    const verdict = searchSituation(situation(allow([both, atom(['StringLike', 'v', '?'])], null)))
    expect(verdict.effect).toEqual(['may-lose'])
  })
  test('a variable that is part of a value leaves its key open, beside one that is alone', () => {
    const either = atom(['StringEquals', 'u', the('v'), `a-${the('v')}`])
    const verdict = searchSituation(situation(allow([either, atom(['StringNotEquals', 'u', the('v')])], null)))
    expect(verdict.effect).not.toEqual([])
  })
  test.each(['İ', 'aİ'])('a text in another case may be longer: %s', (text) => {
    const wild = text.replaceAll(/./g, '?')
    const asks: Ask[] = [
      ['StringEqualsIgnoreCase', 'v', text],
      ['StringNotLike', 'v', wild],
      ['StringNotEqualsIgnoreCase', 'v', 'x'],
    ]
    const verdict = searchSituation(situation(ends(...asks)))
    expect(verdict.effect).not.toEqual([])
  })
  test('a known text that is longer in another case leaves its variable open', () => {
    const verdict = searchSituation(situation(ends(['StringEquals', { known: ['İx'] }, `${the('v')}x`])))
    expect(verdict.effect).not.toEqual([])
  })
  test('so does one with too many parts beside a variable that is listed', () => {
    const either: Ask = ['StringLike', { known: ['ab'.repeat(100)] }, `*a${the('v')}a*`, the('w')]
    const verdict = searchSituation(situation(ends(either, ['StringLike', 'v', '?a?'], ['StringEquals', 'w', 'c'])))
    expect(verdict).toMatchObject({ effect: ['may-lose'], undecided: true })
  })
  test('what is kept may be undecided', () => {
    const kept = allowed(['StringLike', 'v', `*a${'?'.repeat(12)}`], ['StringNotLike', 'v', '*a*'])
    expect(searchSituation(situation(ends(), kept))).toMatchObject({ effect: ['may-lose'], undecided: true })
  })
  test.each<[string, Ask[]]>([
    ['by itself', []],
    ['as one that is held against another', [['StringEquals', 'u', the('v')]]],
  ])('a known text with too many parts leaves its variable open, %s', (_, more) => {
    const parts: Ask = ['StringLike', { known: ['ab'.repeat(100)] }, `*${the('v')}*`]
    const verdict = searchSituation(situation(ends(parts, ['StringLike', 'v', '?a?'], ...more)))
    expect(verdict).toMatchObject({ effect: ['may-lose'], undecided: true })
  })
  test('a key that gives up is still missing or present', () => {
    const verdict = searchSituation(situation(ends(['StringLike', 'v', 'a*b*'], ['Null', 'v', 'true'])), {
      ...defaultLimits,
      statesMax: 1,
    })
    expect(verdict).toMatchObject(none)
  })
})
