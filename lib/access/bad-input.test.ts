import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../testing.ts'
import { parseCases } from './parse-case.ts'
import { parsePolicy, parsePolicyText } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'
import { mutated, mutation, validPolicy } from './testing.ts'

const PROBLEMS_MAX = 101
const valid = JSON.stringify(validPolicy)

const kinds: PolicyKind[] = ['identity', 'boundary', 'session', 'scp', 'rcp', 'key', 'secret']

test(`10,000 mutated policies give a policy or problems with their paths (seed ${SEED})`, () => {
  const given = { policies: 0, problems: 0 }
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), fc.constantFrom(...kinds), (mutations, kind) => {
      const { policy, problems } = parsePolicyText(mutations.reduce(mutated, valid), 'here', kind)
      given[policy ? 'policies' : 'problems']++
      expect(policy === undefined).toBe(problems.length > 0)
      expect(problems.length).toBeLessThanOrEqual(PROBLEMS_MAX)
      for (const { path, message } of problems) {
        expect(path).toMatch(/^here/)
        expect(message.isWellFormed()).toBe(true)
      }
    }),
    { seed: SEED, numRuns: 10_000 },
  )
  expect(given.policies).toBeGreaterThan(200)
  expect(given.problems).toBeGreaterThan(5_000)
})

test('values of any kind are no policy, and nothing is thrown', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
  })
  fc.assert(
    fc.property(anything, fc.constantFrom(...kinds), (document, kind) => {
      expect(parsePolicy(document, '', kind).problems.length).toBeGreaterThan(0)
    }),
    { seed: SEED, numRuns: 2_000 },
  )
})

const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels)
const deep = [
  ['100,000 arrays', nested('[', ']', 100_000)],
  ['100,000 objects', `${nested('{"a":', '', 100_000)}1${'}'.repeat(100_000)}`],
  ['20,000,000 arrays that nobody closes', '['.repeat(20_000_000)],
  ['arrays in a policy', `{"cases":[{"principal":{"identityPolicies":[${nested('[', ']', 100_000)}]}}]}`],
] as const
test.each(deep)('%s are refused', (_, text) => {
  const { cases, problems } = parseCases(text)
  expect(cases).toEqual([])
  expect(problems).toEqual([{ path: expect.any(String), message: 'is more than 64 levels deep; flatten it' }])
})

test('the path of what lies too deep is told', () => {
  const text = `{"cases":[{"action":${nested('[', ']', 100)}}]}`
  expect(parseCases(text).problems[0]?.path).toMatch(/^cases\[0\]\.action(\[0\])+$/)
})

test('of very many problems the first are listed, and that there are more', () => {
  const { problems } = parseCases(JSON.stringify({ cases: Array.from({ length: 100_000 }, () => 7) }))
  expect(problems).toHaveLength(PROBLEMS_MAX)
  expect(problems.at(-1)).toEqual({ path: '', message: 'and more; mend these first' })
})

test('long and dangerous names are shortened and made safe before they are told', () => {
  const name = `\u001b[31m\u202e\ud800${'x'.repeat(5_000)}`
  const [problem] = parseCases(JSON.stringify({ [name]: 1, cases: [] })).problems
  expect(problem?.path).toMatch(/^\["\ufffd\[31m\ufffd\ufffdx+…"\]$/)
  expect(problem?.path.length).toBeLessThan(100)
})
