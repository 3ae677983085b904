import { expect, test } from 'vitest'
import { compareClosed } from './differential.ts'
import { scale, seed } from './seed.ts'

const CASES = 10_000 * scale

test(`${CASES} closed cases, seed ${seed}: engine and judge decide alike`, { timeout: 300_000 * scale }, () => {
  const doubts = compareClosed('secretsmanager', CASES)
  console.log(`${doubts} known doubts of the engine`)
  expect(doubts).toBeLessThan(CASES / 5_000)
})
