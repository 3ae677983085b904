import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { type Outcome, type OutcomeKind, outcomes } from '#lib/outcome.ts'

const signs = {
  done: 'success',
  attention: 'warning',
  waiting: 'pending',
  stopped: 'stopped',
} as const satisfies Record<OutcomeKind, StatusIndicatorProps.Type>

/** An outcome with its sign; `count` stands behind the label. */
export function OutcomeStatus({ outcome, count }: { outcome: Outcome; count?: string }) {
  const { kind, label } = outcomes[outcome]
  return (
    <StatusIndicator type={outcome === 'settling' ? 'in-progress' : signs[kind]}>
      {count === undefined ? label : `${label}: ${count}`}
    </StatusIndicator>
  )
}
