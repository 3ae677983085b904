import type { RecordedCall } from '../aws/cloudtrail.ts'
import {
  DELIVERY_MINUTES,
  DIFFERENCES_MAX,
  type TrailDifference,
  type TrailDifferenceKind,
  type TrailFindings,
} from '../trail-comparison.ts'
import type { SentCall } from './sent-calls.ts'

/** How far our clock and AWS's may be apart, and how long a call may take. */
const APART_MS = 5 * 60_000

interface Sides {
  readonly sent: readonly SentCall[]
  /** What CloudTrail has of the calls made with the access keys of those sent. */
  readonly recorded: readonly RecordedCall[]
  /** Request ids that stand in our log elsewhere: calls of other removals. */
  readonly knownElsewhere: ReadonlySet<string>
  readonly now: Date
}

/**
 * Joins what our log announces with what CloudTrail recorded, by request id; a call whose answer was lost by resource and
 * time. What only one side has is a difference.
 */
export function compareCalls({ sent, recorded, knownElsewhere, now }: Sides): TrailFindings {
  const left = new Map(recorded.map((call) => [call.requestId, call]))
  const differences: TrailDifference[] = []
  const unanswered: SentCall[] = []
  let matched = 0
  for (const call of sent) {
    if (call.requestId === null) unanswered.push(call)
    else if (left.delete(call.requestId)) matched += 1
    else differences.push({ kind: 'notInTrail', ...ours(call) })
  }
  for (const requestId of knownElsewhere) left.delete(requestId)
  for (const call of unanswered) {
    const met = [...left.values()].find((each) => isSameCall(call, each))
    if (met) left.delete(met.requestId)
    differences.push(met ? { kind: 'replyLost', ...theirs(met), at: call.at } : { kind: 'unanswered', ...ours(call) })
  }
  for (const call of left.values()) differences.push({ kind: 'notInLog', ...theirs(call) })

  const count = (kind: TrailDifferenceKind) => differences.filter((each) => each.kind === kind).length
  const youngSince = now.getTime() - DELIVERY_MINUTES * 60_000
  return {
    sent: sent.length,
    matched,
    counts: {
      notInTrail: count('notInTrail'),
      unanswered: count('unanswered'),
      replyLost: count('replyLost'),
      notInLog: count('notInLog'),
    },
    differences: differences.sort(worstFirst).slice(0, DIFFERENCES_MAX),
    young: sent.filter(({ at }) => Date.parse(at) > youngSince).length,
  }
}

// What nobody here has done comes before what CloudTrail may only be late with.
const severity: readonly TrailDifferenceKind[] = ['notInLog', 'unanswered', 'replyLost', 'notInTrail']

const worstFirst = (one: TrailDifference, other: TrailDifference) =>
  severity.indexOf(one.kind) - severity.indexOf(other.kind) || one.at.localeCompare(other.at)

const ours = ({ at, resource, requestId }: SentCall) => ({ at, resource, requestId, eventId: null, errorCode: null })
const theirs = ({ at, resource, requestId, eventId, errorCode }: RecordedCall) => ({
  at,
  resource,
  requestId,
  eventId,
  errorCode,
})

const isSameCall = (sent: SentCall, { resource, accessKeyId, at }: RecordedCall) =>
  sent.resource === resource &&
  sent.accessKeyId === accessKeyId &&
  Math.abs(Date.parse(at) - Date.parse(sent.at)) <= APART_MS
