import type { Change, Read } from '#components/ui/read.ts'
import type { EventDetail, ListedEvent } from '#lib/audit/list-events.ts'
import type { AuditStatus } from '#lib/audit-status.ts'
import type { AuditView, EventRef } from '#lib/audit-view.ts'

/** What of a view decides which events are listed. */
export type ListedView = Omit<AuditView, 'event'>

/** The server actions that the audit page works with; the page in app/ hands them in. */
export interface AuditActions {
  listEvents: Read<ListedView, { rows: ListedEvent[]; matched: number }>
  readEvent: Read<EventRef, EventDetail>
  readStatus: Read<Record<string, never>, AuditStatus>
  verify: Change<Record<string, never>, AuditStatus>
}
