import { expect, test } from 'vitest'
import type { RegionProgress } from '#lib/inventory/status.ts'
import { scanTotals } from './scan-progress.ts'

const list = (state: RegionProgress['state'], listed: number, done: number): RegionProgress => ({
  region: 'eu-west-1',
  type: 'key',
  state,
  listed,
  done,
  problem: null,
})

const cases = [
  { rule: 'nothing is known yet', regions: [], percent: 0 },
  { rule: 'a list that waits counts nothing', regions: [list('waiting', 0, 0), list('complete', 4, 4)], percent: 50 },
  { rule: 'a list that is read but not ended is not whole', regions: [list('scanning', 100, 100)], percent: 95 },
  { rule: 'a failed list is over', regions: [list('failed', 0, 0), list('complete', 0, 0)], percent: 100 },
]
test.each(cases)('$rule', ({ regions, percent }) => {
  expect(scanTotals(regions).percent).toBe(percent)
})

test('counts are summed over all lists', () => {
  const totals = scanTotals([list('scanning', 10, 4), list('failed', 3, 3), list('waiting', 0, 0)])
  expect(totals).toMatchObject({ lists: 3, listsDone: 1, listsFailed: 1, listed: 13, done: 7 })
})
