import { and, eq, isNull, sql } from 'drizzle-orm'
import { appendEvents } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { ExpectedError } from '../errors.ts'
import { WATCH_DAYS } from '../retention.ts'
import { removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { requireRemoval } from './read-removal.ts'

/** The end of a watch that ends now; one that is over already, or never was, stays as it is. */
export const watchEnded = sql`case when ${removals.watchUntil} > now() then now() else ${removals.watchUntil} end`

/**
 * Watches a settled removal for 7 days from now, or stops watching it: each complete scan of the same scope then looks
 * whether removed tags are there again. What was seen stays noted.
 *
 * @throws ExpectedError `notFound`, `wrongState` (still running, purged, or a put-back, of which nothing can come back)
 */
export async function watchRemoval(
  { store, scope, by }: { store: Store; scope: string; by: AuditActor },
  { removalId, watch }: { removalId: string; watch: boolean },
): Promise<void> {
  await requireRemoval(store.db, scope, removalId)
  const watchUntil = watch ? sql`now() + make_interval(days => ${WATCH_DAYS})` : watchEnded
  await store.db.transaction(async (tx) => {
    const moved = await tx
      .update(removals)
      .set({ watchUntil })
      .where(
        and(
          eq(removals.id, removalId),
          eq(removals.state, 'settled'),
          eq(removals.direction, 'remove'),
          // A scan would note values again.
          isNull(removals.valuesPurgedAt),
        ),
      )
      .returning({ id: removals.id })
    if (moved.length === 0)
      throw new ExpectedError('wrongState', 'only a removal that has settled, and has its old values, can be watched')
    await appendEvents(tx, removalId, [{ action: watch ? 'watch.started' : 'watch.ended', actor: by }])
  })
}
