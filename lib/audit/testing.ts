import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SQL, sql } from 'drizzle-orm'
import type { AuditActor, LoggedEvent } from '../audit-event.ts'
import type { Store } from '../store/store.ts'
import { type OpenAuditLog, openAuditLog } from './open-audit-log.ts'
import { chainPages } from './read-chain.ts'

/** For tests: somebody who does what they do at this computer. */
export const ada: AuditActor = {
  id: '111122223333:AROAADA',
  name: 'arn:aws:sts::111122223333:assumed-role/TagOperator/ada',
  address: '127.0.0.1',
}

/** For tests: a whole chain at once, in its order. */
export async function readChain(db: Store['db'], chain: string): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = []
  for await (const page of chainPages(db, chain)) events.push(...page)
  return events
}

/** For tests: the signed side of a store's log in a temporary folder, which goes when it is closed. */
export async function openTestLog(store: Store): Promise<OpenAuditLog & { folder: string }> {
  const parent = mkdtempSync(join(tmpdir(), 'untag-audit-'))
  const folder = join(parent, 'audit')
  const opened = await openAuditLog(store, folder, (error) => {
    throw error
  })
  const close = async () => {
    await opened.close()
    rmSync(parent, { recursive: true })
  }
  return { ...opened, folder, close }
}

/** For tests: all of an export. */
export async function exported(log: OpenAuditLog, by = ada): Promise<string> {
  let text = ''
  for await (const piece of log.export(by.id, by)) text += piece
  return text
}

/** For tests: changes the log as only somebody can who owns its table. */
export async function tamper({ db }: Store, statement: SQL): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`alter table audit_events disable trigger audit_events_append_only`)
    await tx.execute(statement)
    await tx.execute(sql`alter table audit_events enable trigger audit_events_append_only`)
  })
}
