import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answer, asFile } from './engine.ts'
import { caseArbitrary } from './generate-case.ts'
import { askOracle } from './oracle.ts'
import { differences } from './oracle-differences.ts'
import { seed } from './seed.ts'

const CASES = 1_000
const decisions: Record<string, string> = { Allowed: 'allow', ExplicitlyDenied: 'deny', ImplicitlyDenied: 'deny' }

test(`${CASES} cases, seed ${seed}: the engine and iam-simulate agree, outside a list of judged differences`, async () => {
  const files = (['kms', 'secretsmanager'] as const).flatMap((service) =>
    fc.sample(caseArbitrary({ service, context: 'closed' }), { numRuns: CASES / 2, seed }),
  )
  const oracle = await askOracle(files)
  const disagreements = files.flatMap((file, at) => {
    const [engine, { before, after } = { before: '', after: '' }] = [answer(file, 'closed'), oracle[at]]
    const isSame = engine.before === (decisions[before] ?? before) && engine.after === (decisions[after] ?? after)
    const isOpen = engine.before === 'unknown' || engine.after === 'unknown'
    return isSame || isOpen
      ? []
      : [{ file, told: `engine ${engine.before} → ${engine.after}, oracle ${before} → ${after}` }]
  })
  const explained = differences.map(
    ({ is, reason }) => `${disagreements.filter(({ file }) => is(file)).length} ${reason}`,
  )
  console.log([`${CASES - disagreements.length} of ${CASES} alike`, ...explained].join('\n'))
  const unexplained = disagreements.filter(({ file }) => !differences.some(({ is }) => is(file)))
  expect(unexplained.slice(0, 3).map(({ file, told }) => `${told}\n${asFile(file)}`)).toEqual([])
})
