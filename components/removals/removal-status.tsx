import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { Direction, PauseReason, RemovalState } from '#lib/removal/state.ts'
import { directionWords } from './wording.ts'

interface RemovalStatusProps {
  state: RemovalState
  direction: Direction
  pauseReason: PauseReason | null
  /** Tags in outcomes that need attention. */
  attention: number
}

const pausedBy = {
  operator: 'Paused',
  credentials: 'Paused: credentials ended',
  otherIdentity: 'Paused: another identity',
} as const satisfies Record<PauseReason, string>

/** The state of a removal in a word; a settled one never looks all right while something needs attention. */
export function RemovalStatus({ state, direction, pauseReason, attention }: RemovalStatusProps) {
  const [type, text] = {
    running: ['in-progress', directionWords[direction].running],
    paused: [pauseReason === 'operator' ? 'stopped' : 'warning', pausedBy[pauseReason ?? 'operator']],
    settled: attention > 0 ? ['warning', 'Needs attention'] : ['success', 'Ended'],
  }[state] as [StatusIndicatorProps.Type, string]
  return <StatusIndicator type={type}>{text}</StatusIndicator>
}
