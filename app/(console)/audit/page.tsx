import type { Metadata } from 'next'
import { AuditLog } from '#components/audit/audit-log.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor } from '#lib/auth/actor.ts'
import { listEventsAction, readAuditStatusAction, readEventAction, verifyLogAction } from './actions.ts'

export const metadata: Metadata = { title: 'Audit log' }

const actions = {
  listEvents: listEventsAction,
  readEvent: readEventAction,
  readStatus: readAuditStatusAction,
  verify: verifyLogAction,
}

export default async function AuditPage() {
  const asking = await pageActor()
  return asking.ok ? <AuditLog actions={actions} /> : <CredentialsPage problem={asking.problem} />
}
