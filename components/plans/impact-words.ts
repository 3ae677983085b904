import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { BarPart } from '#components/removals/stacked-bar.tsx'
import type { ImpactSign } from '#lib/impact-review.ts'
import type { ImpactVerdict } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'

interface VerdictWords {
  label: string
  status: StatusIndicatorProps.Type
  bar: BarPart['kind']
}

/** Verdicts in words, with the sign that each carries besides its colour. */
export const verdictWords: Record<ImpactVerdict, VerdictWords> = {
  notPermitted: { label: 'Not permitted', status: 'stopped', bar: 'stopped' },
  awsRefuses: { label: 'AWS will refuse', status: 'stopped', bar: 'refused' },
  you: { label: 'You are affected', status: 'error', bar: 'attention' },
  gain: { label: 'Access is gained', status: 'error', bar: 'gain' },
  unknown: { label: 'Unknown', status: 'pending', bar: 'unknown' },
  others: { label: 'Others are affected', status: 'warning', bar: 'others' },
  none: { label: 'No change', status: 'success', bar: 'done' },
}

const ofEitherDirection = {
  awsRefuses: 'AWS refuses',
  ownLoss: 'You lose access',
  ownUnknown: 'Your access is unknown',
  gain: 'Somebody gains access',
  othersLose: 'Others lose access',
  protected: 'A protected tag is removed',
  unknown: 'Something is unknown',
} as const

/** What may be true of a resource, as an entry of the filter. */
export const signLabels: Record<Direction, Record<ImpactSign, string>> = {
  remove: {
    ...ofEitherDirection,
    notPermitted: 'Removing is not permitted',
    mayNotBePermitted: 'Removing may not be permitted',
    irreversible: 'You cannot put it back',
    mayBeIrreversible: 'You may not be able to put it back',
  },
  putBack: {
    ...ofEitherDirection,
    notPermitted: 'Putting back is not permitted',
    mayNotBePermitted: 'Putting back may not be permitted',
    irreversible: 'You cannot remove it again',
    mayBeIrreversible: 'You may not be able to remove it again',
  },
}
