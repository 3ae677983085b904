import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCases } from './parse-case.ts'
import { parsePolicy, parsePolicyText } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const PROBLEMS_MAX = 101

const valid = JSON.stringify({
  Version: '2012-10-17',
  Id: 'all elements',
  Statement: [
    { Sid: 'A', Effect: 'Allow', Action: ['kms:*', 'secretsmanager:Get*'], Resource: '*' },
    {
      Effect: 'Deny',
      NotAction: 'kms:Decrypt',
      NotResource: [`arn:aws:kms:*:*:key/\${aws:PrincipalTag/x}`],
      Condition: {
        StringEquals: { 'aws:ResourceTag/team': ['a', 'b'], 'aws:PrincipalTag/x': `\${aws:ResourceTag/y, 'z'}` },
        'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['*', '?'] },
        Bool: { 'aws:SecureTransport': false },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
      },
    },
  ],
})

const awkward = [
  ...[
    'null',
    '{}',
    '[]',
    '[[]]',
    '""',
    '1e400',
    '-0',
    'true',
    '"__proto__"',
    '"constructor"',
    '"\\ud800"',
    '"\\u0000"',
  ],
  ...[
    '{"__proto__":1}',
    `"${'*'.repeat(2000)}"`,
    '[{}]',
    '"${"',
    '"${aws:x, \'"',
    '"2008-10-17"',
    '[null]',
    '"NotAction"',
  ],
]
const anyJson = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...awkward) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
)
/** Replaces the n-th value, name or character of a text by something else. */
const mutation = fc.record({ at: fc.nat(), by: anyJson, kind: fc.constantFrom('value', 'name', 'cut', 'character') })
const value = /"(?:[^"\\]|\\.)*"(?!\s*:)|\b(?:true|false|null)\b|-?\b\d+\b|\{[^{}]*\}|\[[^[\]]*\]/g
const name = /"(?:[^"\\]|\\.)*"(?=\s*:)/g

function mutated(text: string, { at, by, kind }: { at: number; by: string; kind: string }): string {
  const position = at % (text.length + 1)
  if (kind === 'cut') return text.slice(0, position)
  if (kind === 'character') return text.slice(0, position) + by + text.slice(position + 1)
  const found = [...text.matchAll(kind === 'value' ? value : name)]
  const one = found[at % Math.max(found.length, 1)]
  if (!one) return text
  const replacement = kind === 'value' ? by : JSON.stringify(by)
  return text.slice(0, one.index) + replacement + text.slice(one.index + one[0].length)
}

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
