import { expect, test } from 'vitest'
import type { Judgement } from './facts.ts'
import { type Ask, underEveryReading } from './readings.ts'

const yes: Judgement = { decision: 'allowed', layer: 'identityPolicy' }
const no: Judgement = { decision: 'implicitDeny', layer: 'identityPolicy' }
const loudNo: Judgement = { decision: 'explicitDeny', layer: 'identityPolicy' }

const cases: readonly [string, (ask: Ask) => Judgement, Judgement][] = [
  ['nothing was asked', () => yes, yes],
  ['an answer that decides', (ask) => (ask('a', 1, true) ? yes : no), { ...yes, undocumented: 'a' }],
  [
    'an answer that decides, by our own reading refused',
    (ask) => (ask('a', 1, false) ? yes : no),
    { ...no, undocumented: 'a' },
  ],
  ['an answer that decides nothing', (ask) => (ask('a', 1, true) ? yes : yes), yes],
  ['an answer between two kinds of no', (ask) => (ask('a', 1, true) ? no : loudNo), no],
  [
    'two answers that decide only together',
    (ask) => (ask('a', 1, true) || ask('b', 1, true) ? yes : no),
    { ...yes, undocumented: 'a; b' },
  ],
  [
    'two places of one question are two questions',
    (ask) => (ask('a', 1, true) === ask('a', 2, true) ? yes : no),
    { ...yes, undocumented: 'a' },
  ],
  [
    'one place asked twice is one question',
    (ask) => ([1, 1].every((place) => ask('a', place, true)) || !ask('a', 1, true) ? yes : no),
    yes,
  ],
  [
    'too many questions to try',
    (ask) => (Array.from({ length: 9 }, (_, place) => ask('a', place, true)).length > 0 ? yes : no),
    { ...yes, undocumented: 'a' },
  ],
]

test.each(cases)('%s', (_what, judge, judgement) => {
  expect(underEveryReading(judge)).toEqual(judgement)
})
