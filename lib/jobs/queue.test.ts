import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { rowsOf } from '../store/rows-of.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { openQueue } from './queue.ts'
import { steadyClock } from './steady-clock.ts'

test('the clock of the queue goes on when that of the computer is set back', () => {
  const before = steadyClock.now()
  expect(Math.abs(before - Date.now())).toBeLessThan(60_000)
  const setBack = vi.spyOn(Date, 'now').mockReturnValue(0)
  expect(steadyClock.now()).toBeGreaterThanOrEqual(before)
  setBack.mockRestore()
})

describe.each(dialects)('on %s', (dialect) => {
  test('a job that waits for its key holds up no other key, and runs once the key is free', async () => {
    const store = await openTestStore(dialect)
    const queue = await openQueue(store, () => {})
    const runs: string[] = []
    const another = Promise.withResolvers<void>()
    const again = Promise.withResolvers<void>()
    await queue.work('lane', async ({ lane }) => {
      runs.push(lane)
      if (lane === 'another') return another.resolve()
      if (runs.filter((run) => run === 'busy').length > 1) return again.resolve()
      for (let times = 0; times < 3; times += 1) await queue.enqueue('lane', 'busy', { lane: 'busy' })
      await queue.enqueue('lane', 'another', { lane: 'another' })
      await another.promise
    })
    await queue.enqueue('lane', 'busy', { lane: 'busy' })
    await again.promise
    expect(runs).toEqual(['busy', 'another', 'busy'])
    await queue.stop()
    await store.close()
  })

  test('a job may run at once by a clock that was set back, too', async () => {
    const store = await openTestStore(dialect)
    const queue = await openQueue(store, () => {})
    await queue.enqueue('lane', 'one', { lane: 'one' })
    const rows = await rowsOf(store, sql`select start_after < now() - interval '1 hour' as past from pgboss.job`)
    expect(rows).toEqual([{ past: true }])
    await queue.stop()
    await store.close()
  })
})
