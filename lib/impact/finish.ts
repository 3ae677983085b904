import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { impacts, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { impactRow } from './request.ts'

type ImpactRow = NonNullable<Awaited<ReturnType<typeof impactRow>>>

/** Analyses of a plan that are kept, besides those that are still needed. */
const KEPT = 3

/**
 * Seals an analysis. The review shows it from now on, unless a later one is shown already; one before a start is left to
 * the start, which decides. Analyses that nobody needs any more are deleted.
 */
export async function finishImpact({ db }: Store, impact: ImpactRow, digest: string): Promise<void> {
  const { id, planId, starting } = impact
  await db.transaction(async (tx) => {
    await tx.update(impacts).set({ state: 'ready', digest, readyAt: sql`now()` }).where(eq(impacts.id, id))
    if (starting !== null) return
    const isNewest = sql`not exists (select from impacts shown
      where shown.id = ${plans.impactId} and shown.started_at > (select started_at from impacts where id = ${id}))`
    await tx
      .update(plans)
      .set({ impactId: id })
      .where(and(eq(plans.id, planId), isNewest))
  })
  await prune(db, planId)
}

/** Never what the review shows, what is under way, or what an operator had reviewed whose start is being checked. */
async function prune(db: Store['db'], planId: string): Promise<void> {
  const rows = await db
    .select({ id: impacts.id, state: impacts.state, starting: impacts.starting, shown: plans.impactId })
    .from(impacts)
    .innerJoin(plans, eq(plans.id, impacts.planId))
    .where(eq(impacts.planId, planId))
    .orderBy(desc(impacts.startedAt))
  const reviewed = new Set(rows.flatMap(({ starting }) => starting?.reviewedImpactId ?? []))
  const isOver = (state: string) => state === 'ready' || state === 'failed'
  const old = rows
    .slice(KEPT)
    .filter(({ id, state, shown }) => isOver(state) && id !== shown && !reviewed.has(id))
    .map(({ id }) => id)
  if (old.length > 0) await db.delete(impacts).where(inArray(impacts.id, old))
}
