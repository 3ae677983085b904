import { expect, test } from 'vitest'
import { compareOpen } from './open.ts'
import { scale, seed } from './seed.ts'

const CASES = 2_500 * scale

test(`${CASES} open cases, seed ${seed}: the engine promises nothing that fails in some context`, {
  timeout: 300_000 * scale,
}, () => {
  const counts = compareOpen('secretsmanager', CASES)
  console.log('secretsmanager', counts)
  expect(counts.flips).toBeGreaterThan(CASES * 0.2)
  expect(counts.tooMany).toBeLessThan(CASES * 0.02)
  // An alarm is false if the search knows no flip; that may be the search's fault, too, which tries samples of texts.
  expect(counts.falseAlarms - counts.undecided).toBeLessThan(CASES / 1_000)
})
