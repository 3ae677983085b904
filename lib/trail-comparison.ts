import type { Problem } from './errors.ts'

/** In which way our log and CloudTrail differ about a call. */
export const trailDifferences = {
  notInTrail: 'In our log, not in CloudTrail',
  unanswered: 'Announced in our log, but no answer came and CloudTrail has no such call',
  replyLost: 'In CloudTrail; our log announced it, but the answer was lost',
  notInLog: 'In CloudTrail, made with the same access key, but not by this console',
} as const satisfies Record<string, string>
export type TrailDifferenceKind = keyof typeof trailDifferences

/** One call about which the two do not say the same. */
export interface TrailDifference {
  kind: TrailDifferenceKind
  /** ISO 8601, UTC: by our log where it knows the call, otherwise by CloudTrail. */
  at: string
  resource: string | null
  requestId: string | null
  /** CloudTrail's id of the event. */
  eventId: string | null
  /** AWS's name of the error with which CloudTrail recorded the call. */
  errorCode: string | null
}

/** What holding a removal's events against CloudTrail has shown. */
export interface TrailFindings {
  /** Calls that our log announces. */
  sent: number
  /** Of them, those that CloudTrail has under the same request id. */
  matched: number
  /** How many of each kind. */
  counts: Record<TrailDifferenceKind, number>
  /** At most {@link DIFFERENCES_MAX}: what this console has not done first, then by time. */
  differences: TrailDifference[]
  /** Calls so young that CloudTrail may not have them yet. */
  young: number
}

export const DIFFERENCES_MAX = 200

/** CloudTrail User Guide, "How CloudTrail works": an event shows about 5 minutes, typically within 15, after the call. */
export const DELIVERY_MINUTES = 15

/** A comparison that was asked for, from its request to its result. `pages` counts answers of CloudTrail. */
export type TrailComparison =
  | { state: 'waiting' | 'running'; pages: number }
  | { state: 'failed'; problem: Problem }
  | { state: 'done'; at: string; pages: number; findings: TrailFindings }
