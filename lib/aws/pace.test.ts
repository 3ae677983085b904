import { expect, test } from 'vitest'
import { Pace, type PaceClock } from './pace.ts'

/** A clock that jumps to whatever is waited for. */
function jumpingClock() {
  let at = 0
  const clock: PaceClock = {
    now: () => at,
    wait: async (delayMs) => {
      at += delayMs
    },
  }
  return { clock, pass: (ms: number) => (at += ms), at: () => at }
}

test('calls are spaced evenly at the share of the quota', async () => {
  const { clock, at } = jumpingClock()
  const pace = new Pace(5, 0.8, clock)
  const sentAt: number[] = []
  for (let call = 0; call < 9; call += 1) {
    await pace.take()
    sentAt.push(at())
  }
  expect(sentAt).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000])
})

test('a process that was busy catches up a quarter of a second, and no more', async () => {
  const { clock, pass, at } = jumpingClock()
  const pace = new Pace(10, 1, clock)
  await pace.take()
  pass(10_000)
  const sentAt: number[] = []
  for (let call = 0; call < 5; call += 1) {
    await pace.take()
    sentAt.push(at() - 10_000)
  }
  expect(sentAt).toEqual([0, 0, 0, 50, 150])
})

test('a throttle lowers the rate once a second, and it creeps back to the ceiling, never above', () => {
  const { clock, pass } = jumpingClock()
  const pace = new Pace(100, 1, clock)
  pace.throttled()
  pace.throttled()
  expect(pace.perSecond).toBe(85)
  pass(1000)
  pace.throttled()
  expect(pace.perSecond).toBeCloseTo((85 + 2) * 0.85)
  pass(60_000)
  expect(pace.perSecond).toBe(100)
})

test('unending throttles leave a rate above nothing', () => {
  const { clock, pass } = jumpingClock()
  const pace = new Pace(50, 1, clock)
  for (let second = 0; second < 100; second += 1) {
    pace.throttled()
    pass(1000)
  }
  expect(pace.perSecond).toBeGreaterThanOrEqual(1)
})

test('a changed share keeps what was learnt about the other users of the quota', () => {
  const { clock } = jumpingClock()
  const pace = new Pace(100, 1, clock)
  pace.throttled()
  pace.allow(0.5)
  expect(pace.perSecond).toBeCloseTo(42.5)
})

test('waiting ends when the work is stopped', async () => {
  const pace = new Pace(0.1, 1)
  await pace.take()
  const stop = new AbortController()
  const waiting = pace.take(stop.signal)
  stop.abort()
  await expect(waiting).rejects.toThrow()
})
