import { expect, test } from 'vitest'
import type { LiveStatement } from '../situation.ts'
import { defaultLimits } from './limits.ts'
import { searchSituation } from './search.ts'
import { type Ask, allow, allowed, denied, ends, lifted, loss, none, opaque, situation, the } from './testing.ts'

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

test('names that are too many to list stand with any tags', () => {
  const tags = ends(['Null', 'aws:requesttag/a', 'false'], ['Null', 'aws:requesttag/b', 'false'])
  const names = denied(['ForAllValues:StringLike', 'aws:tagkeys', 'c*'])
  const verdict = searchSituation(situation(tags, names), { ...defaultLimits, setsMax: 0 })
  expect(verdict.effect).not.toEqual([])
})

test('what is kept may be undecided', () => {
  const kept = allowed(['StringLike', 'v', `*a${'?'.repeat(12)}`], ['StringNotLike', 'v', '*a*'])
  expect(searchSituation(situation(ends(), kept))).toMatchObject({ effect: ['may-lose'], undecided: true })
})

test('a key that gives up is still missing or present', () => {
  const verdict = searchSituation(situation(ends(['StringLike', 'v', 'a*b*'], ['Null', 'v', 'true'])), {
    ...defaultLimits,
    statesMax: 1,
  })
  expect(verdict).toMatchObject(none)
})

const holes = [...'abcdefg']
const pigeons = [...'12345678']
/** Situations that nobody lists to their end. */
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
