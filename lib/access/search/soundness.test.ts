import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../../testing.ts'
import type { Atom, LiveStatement, Situation, Verdict } from '../situation.ts'
import { combine, emptyTally, placeOf } from '../situation.ts'
import { defaultLimits, type SearchLimits } from './limits.ts'
import { searchSituation } from './search.ts'
import { type Ask, allow, atom, deny, situation, the } from './testing.ts'
import { type Context, truthIn } from './truths.ts'

const RUNS = Number(process.env.RUNS ?? 500)
const CONTEXTS = 60

/** Two texts that may be equal, a set and a number, over so few values that every combination of truths comes up. */
const text = fc.constantFrom('', 'a', 'ab', 'b', 'ba', 'A', 'c')
const pattern = fc.constantFrom('a', 'a*', '*b', '?', 'b?', '*', 'A')
const key = fc.constantFrom('v', 'w')
const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc.tuple(fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'), key, text),
  fc.tuple(fc.constantFrom('StringLike', 'StringNotLike', 'StringLikeIfExists'), key, pattern),
  fc.tuple(fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike'), fc.constant('v'), fc.constant(the('w'))),
  fc.tuple(
    fc.constantFrom('StringEquals', 'StringNotLike'),
    fc.constant({ known: ['ab'] }),
    fc.constantFrom(the('v'), `a${the('w')}`, `${the('w')}?`),
  ),
  fc.tuple(fc.constant('StringLike'), fc.constant('w'), fc.constantFrom(`${the('v')}*`, `${the('v')}b`)),
  fc.tuple(
    fc.constantFrom('ForAnyValue:StringEquals', 'ForAllValues:StringLike', 'ForAnyValue:StringNotLike'),
    fc.constant('s'),
    pattern,
  ),
  fc.tuple(
    fc.constantFrom('NumericLessThan', 'NumericEquals', 'NumericGreaterThanEquals'),
    fc.constant('n'),
    fc.constantFrom('1', '2'),
  ),
  fc.tuple(fc.constant('Null'), fc.constantFrom('v', 'w', 's', 'n'), fc.constantFrom('true', 'false')),
)
const atoms = fc.array(ask.map(atom), { maxLength: 3 })
const side = fc.oneof({ weight: 4, arbitrary: atoms }, { weight: 1, arbitrary: fc.constant(null) })
const statement = fc
  .tuple(fc.constantFrom(allow, allow, deny), side, side, fc.constantFrom('same', 'same', 'ends', 'starts', 'differs'))
  .map(([make, one, other, change]) => {
    if (change === 'same') return make(one)
    return change === 'starts' ? make(null, one) : make(one, change === 'ends' ? null : other)
  })
const statements = fc.array(statement, { minLength: 1, maxLength: 6 })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const context: fc.Arbitrary<Context> = fc
  .record({
    v: optional(text.map((each) => [each])),
    w: optional(text.map((each) => [each])),
    s: optional(fc.uniqueArray(text, { minLength: 1, maxLength: 3 })),
    n: optional(fc.constantFrom('0', '1', '1.5', '2', '3').map((each) => [each])),
  })
  .map((values) => new Map(Object.entries(values)))
/** Drawn once, for drawing them takes longer than all that is done with them. */
const pool = fc.sample(context, { numRuns: 50 * CONTEXTS, seed: SEED })
const contexts = fc.nat({ max: pool.length - CONTEXTS }).map((at) => pool.slice(at, at + CONTEXTS))

/** Before and after in one context; undefined where something is undocumented there. */
function closed({ shape, statements: all }: Situation, given: Context): string | undefined {
  const tally = emptyTally(shape)
  let isDocumented = true
  const matches = (required: readonly Atom[] | null) => {
    const truths = required?.map((each) => truthIn(each, given)) ?? [false]
    if (truths.some((truth) => typeof truth !== 'boolean')) isDocumented = false
    return truths.every((truth) => truth === true)
  }
  for (const each of all) {
    const bits = (matches(each.before) ? 1 : 0) | (matches(each.after) ? 2 : 0)
    tally[placeOf(each)] = (tally[placeOf(each)] ?? 0) | bits
  }
  const allowed = combine(shape, tally)
  const word = (bit: number) => (allowed & bit ? 'allow' : 'deny')
  return isDocumented ? `${word(1)} ${word(2)}` : undefined
}

const lost = 'allow deny'
const gained = 'deny allow'

function expectSound(question: Situation, verdict: Verdict, given: readonly Context[]): void {
  const outcomes = new Set(given.map((each) => closed(question, each)))
  const { effect, before, after, witness } = verdict
  const told = JSON.stringify([question.statements, verdict])
  if (outcomes.has(lost))
    expect(
      ['loss', 'may-lose', 'unknown'].some((each) => effect.includes(each as never)),
      told,
    ).toBe(true)
  if (outcomes.has(gained))
    expect(
      ['gain', 'may-gain', 'unknown'].some((each) => effect.includes(each as never)),
      told,
    ).toBe(true)
  if (effect.includes('loss')) expect(outcomes.has('allow allow'), told).toBe(false)
  if (effect.includes('gain')) expect(outcomes.has('deny deny'), told).toBe(false)
  for (const outcome of outcomes) {
    const [was, is] = outcome?.split(' ') ?? []
    expect([was ?? before, 'depends', 'unknown'], told).toContain(before)
    expect([is ?? after, 'depends', 'unknown'], told).toContain(after)
  }
  if (witness) {
    const values = Object.entries(witness).map(
      ([name, value]) => [name, value === null ? undefined : [value].flat()] as const,
    )
    // What the witness does not name may be anything.
    for (const each of given.slice(0, 10)) {
      const flip = closed(question, new Map([...each, ...values]))
      expect([flip ?? lost, lost, gained], told).toContain(flip ?? lost)
      if (flip !== undefined) expect([lost, gained], told).toContain(flip)
    }
  }
}

const check = (limits: SearchLimits) =>
  fc.assert(
    fc.property(statements, contexts, (all: readonly LiveStatement[], given) => {
      const question = situation(...all)
      expectSound(question, searchSituation(question, limits), given)
    }),
    { seed: SEED, numRuns: RUNS },
  )

test(`no flip behind a none, nothing kept behind a loss, every witness true (seed ${SEED})`, () => check(defaultLimits))

test.each([
  ['nodes', { nodesMax: 4 }],
  ['states', { statesMax: 3 }],
  ['sets', { setsMax: 1 }],
  ['combinations', { combinationsMax: 10 }],
])(`the same when it runs out of %s (seed ${SEED})`, (_, limit) => check({ ...defaultLimits, ...limit }))

test(`the order of statements and of their conditions leaves no trace (seed ${SEED})`, () => {
  const shuffled = statements.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const reversed = other.map((each) => ({ ...each, before: each.before?.toReversed() ?? null }))
      const [{ flipped: _, ...one }, { flipped: __, ...two }] = [all, reversed].map((each) =>
        searchSituation(situation(...each), { ...defaultLimits, nodesMax: 6 }),
      ) as [Verdict, Verdict]
      expect(two).toEqual(one)
    }),
    { seed: SEED, numRuns: RUNS },
  )
})
