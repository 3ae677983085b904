import type { Outcome } from './outcome.ts'

/** Everything that the audit log tells of, with the words for it. */
export const auditActions = {
  'console.started': 'Console started',
  'session.opened': 'Browser signed in',
  'scan.started': 'Scan started',
  'policies.imported': 'Control policies imported',
  'policies.forgotten': 'Imported control policies removed',
  'protectedTag.added': 'Protected tag added',
  'protectedTag.removed': 'Protected tag removed',
  'plan.requested': 'Plan requested',
  'plan.changed': 'Plan changed',
  'start.requested': 'Start requested',
  'start.refused': 'Start refused',
  'removal.started': 'Removal started',
  'removal.paused': 'Removal paused',
  'removal.resumed': 'Removal resumed',
  'removal.cancelled': 'Removal cancelled',
  'removal.retried': 'Failed tags tried again',
  'removal.recovered': 'Removal recovered from the journal',
  'removal.settled': 'Removal settled',
  'canary.begun': 'Canary begun',
  'canary.stopped': 'Canary stopped',
  'canary.checked': 'Canary checked',
  'canary.asked': 'Asked whether anything broke',
  'canary.passed': 'Canary passed',
  'canary.failed': 'Canary failed',
  'watch.started': 'Watch started',
  'watch.ended': 'Watch ended',
  'tag.cameBack': 'Removed tag seen again',
  'retention.changed': 'Retention of old values changed',
  'values.purged': 'Old values purged',
  'plans.purged': 'Plans that were never started purged',
  'trail.compared': 'Compared with CloudTrail',
  'call.sent': 'Call about to be sent',
  'call.failed': 'Call failed, to be tried again',
  'tag.outcome': 'Outcome of a tag',
  'file.downloaded': 'File downloaded',
  'log.verified': 'Audit log verified',
  'log.broken': 'Audit log found changed',
} as const satisfies Record<string, string>
export type AuditAction = keyof typeof auditActions

/** Who did something: the AWS account and unique id, a name to read, and where the request came from. */
export interface AuditActor {
  id: string
  name: string
  /** IP address; null for what the console does by itself. */
  address: string | null
}

/** What the console does by itself, at its start or by a clock. */
export const theConsole: AuditActor = { id: 'untag', name: 'Untag', address: null }

/** What there is to tell. Without an actor it is whoever started the removal of the chain. */
export interface AuditEvent {
  action: AuditAction
  actor?: AuditActor | undefined
  /** ARN of the key or secret. */
  resource?: string
  tagKey?: string
  /** SHA-256, hex, over the removal's salt and the old value: see lib/audit/value-hash.ts. */
  valueHash?: string
  outcome?: Outcome
  /** AWS's id of the request. */
  requestId?: string
  accessKeyId?: string
  /** Digests, acknowledgements, counts, problems. */
  details?: object
}

/** The chain of what belongs to no removal. */
export const consoleChain = 'console'

/** An event as it stands in the log; its chain is a removal's id, or {@link consoleChain}. */
export interface LoggedEvent {
  chain: string
  /** Counts from 1 in its chain, without gaps. */
  seq: number
  /** By the clock of the database; ISO 8601 in UTC with milliseconds. */
  at: string
  actorId: string
  actorName: string
  address: string | null
  action: AuditAction
  resource: string | null
  tagKey: string | null
  valueHash: string | null
  outcome: Outcome | null
  requestId: string | null
  accessKeyId: string | null
  /** JSON. */
  details: string | null
  /** Hash of the event before in the chain; 64 zeros for the first. */
  previous: string
  /** SHA-256, hex, of the event: see lib/audit/hash-event.ts. */
  hash: string
}
