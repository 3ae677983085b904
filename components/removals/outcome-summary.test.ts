import { expect, test } from 'vitest'
import { outcomes } from '#lib/outcome.ts'
import { type OutcomeCounts, occurring, outcomeSummary, tagsOfKind } from './outcome-summary.ts'

const cases: { rule: string; counts: OutcomeCounts; total: number; says: string }[] = [
  {
    rule: 'what was done comes first, what needs attention after it, each with its number',
    counts: { denied: 1, removed: 57, conflict: 2 },
    total: 60,
    says: '60 tags: 57 removed and proved, 2 changed since review, left alone, 1 not permitted',
  },
  {
    rule: 'an outcome that did not occur is not told',
    counts: { removed: 1, failed: 0 },
    total: 1,
    says: '1 tag: 1 removed and proved',
  },
  {
    rule: 'what is not proved is never called removed',
    counts: { unverified: 3 },
    total: 3,
    says: '3 tags: 3 sent, but not proved',
  },
  { rule: 'nothing counted yet', counts: {}, total: 1200, says: '1,200 tags' },
]
test.each(cases)('summary: $rule', ({ counts, total, says }) => {
  expect(outcomeSummary(counts, total)).toBe(says)
})

test('every outcome has its place in the summary', () => {
  const all = Object.fromEntries(Object.keys(outcomes).map((outcome) => [outcome, 1]))
  expect(
    occurring(all)
      .map(({ outcome }) => outcome)
      .sort(),
  ).toEqual(Object.keys(outcomes).sort())
})

test('every tag is of exactly one kind', () => {
  const all = Object.fromEntries(Object.keys(outcomes).map((outcome) => [outcome, 2]))
  const kinds = (['done', 'attention', 'waiting', 'stopped'] as const).map((kind) => tagsOfKind(all, kind))
  expect(kinds.reduce((sum, tags) => sum + tags, 0)).toBe(2 * Object.keys(outcomes).length)
})
