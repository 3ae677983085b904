import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ImpactVerdict } from '#lib/item-impact.ts'
import { verdictWords } from './impact-words.ts'

/** A verdict with its sign; `count` stands behind the label. */
export function VerdictStatus({ verdict, count }: { verdict: ImpactVerdict; count?: string }) {
  const { label, status } = verdictWords[verdict]
  return <StatusIndicator type={status}>{count === undefined ? label : `${label}: ${count}`}</StatusIndicator>
}
