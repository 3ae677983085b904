import { and, eq, ne, sql } from 'drizzle-orm'
import { appendEvents } from '../../audit/append.ts'
import { type AuditActor, theConsole } from '../../audit-event.ts'
import type { CanaryFailure } from '../../canary.ts'
import { removals } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { cancelUnsent } from '../items.ts'

/**
 * Stops a canary while its tags are on their way: nothing more is sent, and once it is known what went, that is put back.
 * A removal that somebody has paused goes on for that. False when the tags are not on their way (any more).
 */
export async function stopCanary(
  { store }: { store: Store },
  removalId: string,
  { failure, by }: { failure: CanaryFailure; by: AuditActor | null },
): Promise<boolean> {
  return store.db.transaction(async (tx) => {
    const stopped = await tx
      .update(removals)
      .set({
        canary: 'stopping',
        canaryFailure: failure,
        ...(by && { canaryAnsweredBy: by.name, state: 'running', pauseReason: null, pauseMessage: null }),
      })
      .where(and(eq(removals.id, removalId), eq(removals.canary, 'changing'), ne(removals.state, 'settled')))
      .returning({ id: removals.id })
    if (stopped.length === 0) return false
    await appendEvents(tx, removalId, [{ action: 'canary.stopped', actor: by ?? theConsole, details: { failure } }])
    await tx.execute(cancelUnsent(sql`r.id = ${removalId} and i.state = 'pending'`))
    return true
  })
}
