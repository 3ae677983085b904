import type { AuditEvent } from '../audit-event.ts'
import type { Problem } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { FailedCall } from './finish-claim.ts'

/** What became of one tag key, as the audit log tells it of a resource. */
export function outcomeEvent(
  resource: string,
  { key, outcome, requestId, problem }: { key: string; outcome: Outcome; requestId?: string; problem?: Problem },
): AuditEvent {
  return {
    action: 'tag.outcome',
    resource,
    tagKey: key,
    outcome,
    ...(requestId && { requestId }),
    ...(problem && { details: { problem } }),
  }
}

/** A call that failed and is tried again, as the audit log tells it of each of its tag keys. */
export function failedCallEvents(resource: string, { keys, problem, requestId }: FailedCall): AuditEvent[] {
  return keys.map((tagKey) => ({
    action: 'call.failed',
    resource,
    tagKey,
    ...(requestId && { requestId }),
    details: { problem },
  }))
}
