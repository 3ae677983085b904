'use client'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import { percentOf } from '#components/removals/wording.ts'
import { counted, figure } from '#components/ui/counted.ts'
import type { ImpactReview } from '#lib/impact-review.ts'

const steps = {
  waiting: { label: 'Waiting for its turn', told: () => 'It begins in a moment' },
  reading: {
    label: 'Reading policies from AWS',
    told: (done: number, total: number) => `${figure(done)} of ${counted(total, 'answer')} read`,
  },
  analysing: {
    label: 'Analysing who loses and gains access',
    told: (done: number, total: number) => `${figure(done)} of ${counted(total, 'principal')} analysed`,
  },
} as const

/** How far an analysis is; the rest of the page can be read meanwhile. */
export function ImpactProgress({ impact: { state, done, total } }: { impact: ImpactReview }) {
  if (state === 'ready' || state === 'failed') return null
  const { label, told } = steps[state]
  return (
    <ProgressBar
      label={label}
      value={total === 0 ? 0 : percentOf(done, total)}
      additionalInfo={total === 0 ? steps.waiting.told() : told(done, total)}
    />
  )
}
