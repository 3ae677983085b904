import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { type CanaryState, canaryRow } from '#lib/canary.ts'
import type { Direction, PauseReason, RemovalState } from '#lib/removal/state.ts'
import { directionWords } from './wording.ts'

interface RemovalStatusProps {
  state: RemovalState
  direction: Direction
  pauseReason: PauseReason | null
  canary: CanaryState | null
  /** Tags in outcomes that need attention. */
  attention: number
}

const pausedBy = {
  operator: 'Paused',
  credentials: 'Paused: credentials ended',
  otherIdentity: 'Paused: another identity',
} as const satisfies Record<PauseReason, string>

/** The state of a removal in a word; a settled one never looks all right while something needs attention. */
export function RemovalStatus({ state, direction, pauseReason, canary, attention }: RemovalStatusProps) {
  const needsLook = attention > 0 || canary === 'failed'
  const [type, text] = {
    running: running(direction, canary),
    paused: [pauseReason === 'operator' ? 'stopped' : 'warning', pausedBy[pauseReason ?? 'operator']],
    settled: needsLook ? ['warning', canary === 'failed' ? 'Canary failed' : 'Needs attention'] : ['success', 'Ended'],
  }[state] as [StatusIndicatorProps.Type, string]
  return <StatusIndicator type={type}>{text}</StatusIndicator>
}

function running(direction: Direction, canary: CanaryState | null): [StatusIndicatorProps.Type, string] {
  if (canary === null || canaryRow(canary).isOver) return ['in-progress', directionWords[direction].running]
  return [canary === 'asking' ? 'warning' : 'in-progress', canaryRow(canary).label]
}
