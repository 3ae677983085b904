import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { figure } from '#components/ui/counted.ts'
import { type AccessRow, countStates } from './access-rows.ts'

/** One sign for a purpose: whether all of it works, and how much of it does not. */
export function PurposeSummary({ rows }: { rows: readonly AccessRow[] }) {
  const { works, denied, failed, trying, notTried } = countStates(rows)
  const tried = rows.length - notTried
  if (trying > 0) return <StatusIndicator type="loading">Asking AWS</StatusIndicator>
  if (tried === 0) return <StatusIndicator type="info">Not tried</StatusIndicator>
  if (denied > 0) {
    return (
      <StatusIndicator type="warning">
        {figure(denied)} of {figure(tried)} denied
      </StatusIndicator>
    )
  }
  if (failed > 0) return <StatusIndicator type="error">{figure(failed)} without an answer</StatusIndicator>
  return <StatusIndicator type="success">{works === 1 ? 'Works' : `All ${figure(works)} work`}</StatusIndicator>
}
