import { and, desc, eq, sql } from 'drizzle-orm'
import { type AuditEvent, consoleChain, theConsole } from '../audit-event.ts'
import type { AuditStatus } from '../audit-status.ts'
import { auditEvents } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Signed } from './checkpoint-writer.ts'
import type { Findings } from './findings.ts'

/** What a start tells the log: its key and its newest checkpoint. So the log vouches for the file, as the file does for the log. */
export function startEvent({ publicKey, checkpoint }: Pick<AuditStatus, 'publicKey' | 'checkpoint'>) {
  return {
    action: 'console.started',
    actor: theConsole,
    details: { publicKey, checkpoint },
  } as const satisfies AuditEvent
}

/**
 * Looks whether the checkpoints of which the starts with this key have told the log still stand in the file: of all
 * starts, or of so many of the newest.
 */
export async function compareTold(
  { db }: Store,
  { publicKey, findings, startsMax }: { publicKey: string; findings: Findings; startsMax?: number },
  { hashes }: Pick<Signed, 'hashes'>,
): Promise<void> {
  const details = sql`${auditEvents.details}::jsonb`
  const starts = db
    .select({ checkpoint: sql<AuditStatus['checkpoint']>`${details}->'checkpoint'` })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, consoleChain),
        eq(auditEvents.action, 'console.started'),
        sql`${details}->>'publicKey' = ${publicKey}`,
      ),
    )
    .orderBy(desc(auditEvents.seq))
  for (const { checkpoint } of await (startsMax === undefined ? starts : starts.limit(startsMax))) {
    if (!checkpoint) continue
    const { number, at, hash } = checkpoint
    const found = hashes.get(number)
    if (found === undefined)
      findings.say(`checkpoint ${number}, signed at ${at}, is missing, although the log tells of it: it was taken away`)
    else if (found !== hash)
      findings.say(`checkpoint ${number} is not the one, signed at ${at}, of which the log tells: it was replaced`)
  }
}
