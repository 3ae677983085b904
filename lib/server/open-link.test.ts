import { expect, test } from 'vitest'
import { createOpenLink } from './open-link.ts'

const minuteMs = 60_000

test('a token opens once', () => {
  const link = createOpenLink()
  const token = link.issue()
  expect([link.redeem(token), link.redeem(token)]).toEqual([true, false])
})

test.each([
  ['just before ten minutes', 10 * minuteMs - 1, true],
  ['after ten minutes', 10 * minuteMs, false],
])('%s: %s ms, opens: %s', (_when, ageMs, opens) => {
  let now = 0
  const link = createOpenLink(() => now)
  const token = link.issue()
  now = ageMs
  expect(link.redeem(token)).toBe(opens)
})

test('a new token ends the one before', () => {
  const link = createOpenLink()
  const first = link.issue()
  const second = link.issue()
  expect([link.redeem(first), link.redeem(second)]).toEqual([false, true])
})

test('before the first token nothing opens, and a wrong one does not use it up', () => {
  const link = createOpenLink()
  expect(link.redeem('')).toBe(false)
  const token = link.issue()
  expect([link.redeem(`${token}x`), link.redeem(token)]).toEqual([false, true])
})
