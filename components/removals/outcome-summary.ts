import { counted, figure } from '#components/ui/counted.ts'
import { type Outcome, type OutcomeKind, outcomes } from '#lib/outcome.ts'

/** How each outcome reads after a number: `2 changed since review, left alone`. */
const phrases = {
  removed: 'removed and proved',
  restored: 'put back and proved',
  alreadyAbsent: 'already absent, nothing sent',
  alreadyPresent: 'already there, nothing sent',
  conflict: 'changed since review, left alone',
  stillPresent: 'still there',
  stillAbsent: 'still absent',
  reappeared: 'done, then changed again by somebody else',
  unverified: 'sent, but not proved',
  denied: 'not permitted',
  refused: 'refused by AWS',
  failed: 'failed',
  cancelled: 'cancelled before anything was sent',
  settling: 'waiting for proof',
  pending: 'waiting',
} as const satisfies Record<Outcome, string>

export type OutcomeCounts = Partial<Record<Outcome, number>>

/** The outcomes that occur, in the order in which they are told: done, then what needs attention, then the rest. */
export function occurring(counts: OutcomeCounts): { outcome: Outcome; tags: number }[] {
  return (Object.keys(phrases) as Outcome[]).flatMap((outcome) => {
    const tags = counts[outcome] ?? 0
    return tags > 0 ? [{ outcome, tags }] : []
  })
}

/** How many tags ended in outcomes of this kind. */
export function tagsOfKind(counts: OutcomeCounts, kind: OutcomeKind): number {
  return occurring(counts).reduce((sum, { outcome, tags }) => sum + (outcomes[outcome].kind === kind ? tags : 0), 0)
}

/** `3 tags: 2 removed and proved, 1 not permitted`. Nothing is rounded into something better than it is. */
export function outcomeSummary(counts: OutcomeCounts, tagsTotal: number): string {
  const parts = occurring(counts).map(({ outcome, tags }) => `${figure(tags)} ${phrases[outcome]}`)
  return [counted(tagsTotal, 'tag'), parts.join(', ')].filter((part) => part !== '').join(': ')
}
