import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decisiveParts } from './decisive.ts'
import { caseArbitrary } from './generate-case.ts'
import { judge } from './judge.ts'
import { operatorNames } from './operators.ts'
import { seed } from './seed.ts'

const CASES = 3_000
const parts = [
  ...['identity', 'group', 'boundary', 'session', 'scp', 'rcp', 'resource', 'grant'],
  ...operatorNames,
  ...['ForAnyValue', 'ForAllValues', 'IfExists'],
]

/** Shares of all cases, both services taken together. */
function measure() {
  const files = (['kms', 'secretsmanager'] as const).flatMap((service) =>
    fc.sample(caseArbitrary({ service, context: 'closed' }), { numRuns: CASES / 2, seed }),
  )
  const count = new Map<string, number>()
  const add = (name: string) => count.set(name, (count.get(name) ?? 0) + 1)
  for (const file of files) {
    const { before, effect, undocumented } = judge(file)
    if (before === 'allow') add('allowed before')
    for (const flip of effect) add(flip)
    if (undocumented) add('undocumented')
    for (const part of decisiveParts(file, judge)) add(part)
  }
  return (name: string) => (count.get(name) ?? 0) / CASES
}

test('the cases are worth their time: tags matter in them, in every layer and by every operator', {
  timeout: 300_000,
}, () => {
  const share = measure()
  const names = ['allowed before', 'loss', 'gain', 'undocumented', ...parts, 'NotAction', 'NotResource', 'NotPrincipal']
  console.log(names.map((name) => `${name.padEnd(28)}${(share(name) * 100).toFixed(1).padStart(5)} %`).join('\n'))

  expect(share('allowed before')).toBeGreaterThan(0.3)
  expect(share('loss') + share('gain')).toBeGreaterThan(0.2)
  expect(share('undocumented')).toBeLessThan(0.05)
  expect(parts.filter((part) => share(part) < 0.01)).toEqual([])
})
