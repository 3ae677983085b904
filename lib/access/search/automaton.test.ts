import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEED } from '../../testing.ts'
import { comparisons } from '../comparisons.ts'
import { matchesPattern } from '../glob.ts'
import { type Pattern, tokenize } from '../pattern.ts'
import { cellStrings } from './automaton.ts'
import { arnGlobs, globOf } from './globs.ts'

const limits = { stringsPerCell: 1, statesMax: 4_000 }
const glob = (text: string) => tokenize(text, { wildcards: true, variables: false })

/** All texts over an alphabet, up to a length. */
const textsOf = (alphabet: string, length: number): string[] =>
  length === 0
    ? ['']
    : ['', ...[...alphabet].flatMap((first) => textsOf(alphabet, length - 1).map((rest) => first + rest))]

/** Every combination of matches that a text has, one of the strings has. */
function expectCovered(strings: readonly string[], texts: readonly string[], matches: (text: string) => string): void {
  const cells = new Set(strings.map(matches))
  const missed = texts.filter((text) => !cells.has(matches(text)))
  expect(missed).toEqual([])
}

test(`no text up to six characters matches as no string does (seed ${SEED})`, () => {
  const texts = textsOf('abz', 6)
  const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 }).map((all) => all.join(''))
  const property = fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), (all) => {
    const patterns = all.map(glob)
    const strings = cellStrings(
      patterns.map((each) => globOf(each)),
      limits,
    )
    expectCovered(strings ?? [], texts, (text) => patterns.map((each) => matchesPattern(each, text)).join())
    const cells = (strings ?? []).map((text) => patterns.map((each) => matchesPattern(each, text)).join())
    expect(new Set(cells).size).toBe(cells.length)
  })
  fc.assert(property, { seed: SEED, numRuns: 100 })
})

/** Every part of these is `a`, `b`, two of both, or `*`; some parts of the texts would need a wildcard to eat a colon. */
const arnTexts = textsOf('ab:', 4).flatMap((rest) => [
  `arn:a:b:::${rest}`,
  `arn:a:b::${rest}`,
  `arn:a:${rest}:::b`,
  `a:${rest}`,
])
const arnPatterns = [
  'arn:a:b:::*',
  'arn:*:b:::b',
  'arn:?:*:::?',
  'arn:a:*:a::b*',
  '*:a:b:::a*',
  'arn:a:b::*:b',
  'arn:*',
  'arn:a:b*:::a:*',
  'arn:*:*:*:*:*:b',
  'arn:*:*:*:*:b*',
  'arn:a:b',
  '*bb*',
  'arn:a:b:::?b',
  'arn:*:b:::*',
  '*b::b*',
]
const arnTruth = (pattern: Pattern) => (text: string) => JSON.stringify(comparisons.ArnLike.compare(text, pattern))

test.each(arnPatterns)('parts of an ARN keep to themselves: %s', (text) => {
  const pattern = glob(text)
  expectCovered(cellStrings(arnGlobs(pattern), limits) ?? [], arnTexts, (each) => arnTruth(pattern)(each))
})

test.each(arnPatterns.slice(1).map((each, i) => [arnPatterns[i] ?? '', each] as const))(
  '%s beside %s',
  (one, other) => {
    const patterns = [one, other].map(glob)
    const strings = cellStrings(patterns.flatMap(arnGlobs), limits) ?? []
    expectCovered(strings, arnTexts, (text) => patterns.map((pattern) => arnTruth(pattern)(text)).join())
  },
)

test('parts of an ARN keep to themselves beside a text that reaches past colons', () => {
  const [pattern, reaching] = ['arn:*:b:::*', '*b::b*'].map(glob) as [Pattern, Pattern]
  const strings = cellStrings([...arnGlobs(pattern), globOf(reaching)], limits) ?? []
  expectCovered(strings, arnTexts, (text) => `${arnTruth(pattern)(text)} ${matchesPattern(reaching, text)}`)
})

describe('strings of a cell', () => {
  test('are as many as wanted and there are', () => {
    const strings = cellStrings([globOf(glob('a')), globOf(glob('?'))], { ...limits, stringsPerCell: 3 }) ?? []
    const one = strings.filter((text) => text.length === 1)
    expect(one.filter((text) => text === 'a')).toHaveLength(1)
    expect(new Set(one.filter((text) => text !== 'a')).size).toBe(3)
    expect(strings.filter((text) => text.length !== 1)).toHaveLength(3)
  })
  test.each([
    ['k', 'K', '\u212a'],
    ['å', 'Å', '\u212b'],
  ])('may be a letter of no usual case: %s', (lower, upper, further) => {
    const folded = globOf(glob(lower), { ignoreCase: true })
    expect(cellStrings([folded, globOf(glob(lower)), globOf(glob(upper))], limits)).toContain(further)
  })
  test.each([
    ['b', 'B'],
    ['B', 'b'],
  ])('may be a letter of the other case: %s', (named, other) => {
    const strings = cellStrings([globOf(glob(named), { ignoreCase: true }), globOf(glob(named))], limits)
    expect(strings).toContain(other)
  })
  test('may need a character that no policy has when letters and digits are used up', () => {
    const used = [...'abcdefghijklmnopqrstuvwxyz0123456789']
    const strings =
      cellStrings(
        [...used, '?'].map((each) => globOf(glob(each))),
        limits,
      ) ?? []
    expect(strings.filter((text) => text.length === 1 && !used.includes(text))).toHaveLength(1)
  })
  test('may need a colon that no glob names', () => {
    expect(cellStrings([[{ any: 'one', withinPart: true }]], limits)).toHaveLength(2)
    const one = cellStrings([[{ any: 'one', withinPart: true }], [{ any: 'one', withinPart: false }]], limits)
    expect(one).toContain(':')
  })
  test('are not listed when the states are too many', () => {
    const within = (pattern: string) => cellStrings([globOf(glob(pattern))], limits)
    expect(within('*a????????')).toHaveLength(2)
    expect(within(`*a${'?'.repeat(12)}`)).toBeUndefined()
    // Before the letter, after it, and with too much.
    expect(cellStrings([globOf(glob('a'))], { ...limits, statesMax: 3 })).toHaveLength(2)
    expect(cellStrings([globOf(glob('a'))], { ...limits, statesMax: 2 })).toBeUndefined()
  })
  test('are found at once however many stars there are', () => {
    expect(cellStrings([globOf(glob('a*'.repeat(2_000)))], limits)).toHaveLength(2)
  })
})
