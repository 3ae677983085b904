import '#server-only'
import type { AuditActor } from '../audit-event.ts'
import type { AuditStatus } from '../audit-status.ts'

/** The signed side of the log: its checkpoints, and what is made and verified with them. */
export interface AuditLog {
  /** How the log stands now. Quick; for a page that is looked at, once a second while a verification runs. */
  status(): Promise<AuditStatus>
  /** Signs a checkpoint if anything was told since the last one. A failure is told by {@link status}, not thrown. */
  sign(): Promise<void>
  /** Begins to verify the whole log, and returns at once; while one verification runs, it is that one. It is recorded. */
  verify(by: AuditActor): void
  /** An export of all that a scope may see, in pieces: see lib/audit/export-log.ts. Nothing happens before the first is asked for. */
  export(scope: string, by: AuditActor): AsyncGenerator<string>
}

const shared = globalThis as typeof globalThis & { untagAuditLog?: AuditLog }

/** Makes this the log of the process. Next loads several copies of every module, so it hangs on `globalThis`. */
export function shareAuditLog(opened: AuditLog): void {
  shared.untagAuditLog = opened
}

/** The log that the process opened at start. */
export function auditLog(): AuditLog {
  if (!shared.untagAuditLog) throw new Error('the audit log is not open: start the console through lib/server/main.ts')
  return shared.untagAuditLog
}
