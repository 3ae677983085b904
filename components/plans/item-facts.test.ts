import { expect, test } from 'vitest'
import type { ImpactCounts, ItemImpact } from '#lib/item-impact.ts'
import { itemFacts } from './item-facts.ts'

const none: ImpactCounts = { lose: 0, mayLose: 0, gain: 0, mayGain: 0, unknown: 0 }
const calm: ItemImpact = {
  verdict: 'none',
  change: 'allow',
  reverse: 'allow',
  awsRefuses: false,
  own: none,
  others: none,
  unknownBecause: [],
  protectedTags: [],
}

const cases: [rule: string, impact: Partial<ItemImpact>, facts: string[]][] = [
  ['nothing to say', {}, []],
  [
    'the operator first, then others',
    { own: { ...none, lose: 3 }, others: { ...none, lose: 4, gain: 1 } },
    ['you lose 3 actions', '4 others lose', '1 other gains'],
  ],
  [
    'what is not sure is told as not sure',
    { own: { ...none, mayLose: 1 }, others: { ...none, mayGain: 1 } },
    ['you may lose 1 action', '1 other may gain'],
  ],
  [
    'a key lets its operator lock itself out',
    { reverse: 'deny' },
    ['cannot be put back by you', 'KMS will let you lock yourself out'],
  ],
  [
    'a call that is denied locks nobody out',
    { change: 'deny', reverse: 'deny' },
    ['your call would be denied', 'cannot be put back by you'],
  ],
  ['what depends is not called impossible', { reverse: 'depends' }, ['may not be put back by you']],
  [
    'what is unknown is never left out',
    {
      change: 'unknown',
      reverse: 'unknown',
      awsRefuses: 'unknown',
      own: { ...none, unknown: 2 },
      others: { ...none, unknown: 1 },
    },
    [
      'not known whether your call is permitted',
      'not known whether AWS refuses',
      'not known whether you can have it put back',
      'unknown for you: 2 actions',
      'unknown for 1 other',
    ],
  ],
]
test.each(cases)('%s', (_, impact, facts) => {
  expect(itemFacts('key', { ...calm, ...impact }, 'remove')).toEqual(facts)
})

test('a secret is guarded by AWS itself', () => {
  expect(itemFacts('secret', { ...calm, awsRefuses: true, reverse: 'deny' }, 'remove')).toEqual([
    'AWS refuses, because it would lock you out',
    'cannot be put back by you',
  ])
})

test('putting back has its own words', () => {
  expect(itemFacts('key', { ...calm, reverse: 'depends' }, 'putBack')).toEqual(['may not be removed again by you'])
})
