import { expect, test } from 'vitest'
import { type Outcome, outcomes } from '#lib/outcome.ts'
import { reversalOffer } from './reversal-offer.ts'

const none = Object.fromEntries(Object.keys(outcomes).map((outcome) => [outcome, 0])) as Record<Outcome, number>
const removal = (leftToReverse: number, direction: 'remove' | 'putBack' = 'remove') => ({
  ...{ direction, leftToReverse, state: 'settled' as const },
  tags: { total: 5, byOutcome: { ...none, removed: 2, settling: 1, cancelled: 2 } },
})

test.each([
  ['nothing was turned back', removal(3), 0, 'Put back all…', null],
  ['a part of it was', removal(1), 0, 'Put back what is left (1 tag)…', null],
  ['all of it was', removal(0), 0, 'Put back all…', expect.stringMatching(/^all of it was put back since/)],
  ['what was chosen may be turned back once more', removal(0), 2, 'Put back 2 chosen…', null],
  ['of a put-back', removal(0, 'putBack'), 0, 'Remove again all…', expect.stringMatching(/was removed again since/)],
])('%s', (_, of, chosen, label, disabledReason) => {
  expect(reversalOffer(of, chosen)).toEqual({ label, disabledReason })
})

test('a removal that still runs is not said to be turned back', () => {
  expect(reversalOffer({ ...removal(0), state: 'running' }, 0).disabledReason).toBeNull()
})
