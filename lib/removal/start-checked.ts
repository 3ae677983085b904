import { and, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import { isExpectedError, problemOf } from '../errors.ts'
import { impactRow } from '../impact/request.ts'
import { worseThan } from '../impact/worse.ts'
import type { StartRequest } from '../impact-facts.ts'
import type { Queue } from '../jobs/queue.ts'
import { impacts, plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { beginRemoval } from './begin-removal.ts'
import { requireReviewed } from './sealed-plan.ts'
import { enqueueLanes } from './start.ts'

interface Ports {
  store: Store
  queue: Queue
}
type Check = Pick<typeof impacts.$inferSelect, 'id' | 'planId' | 'digest'> & { starting: StartRequest }

/**
 * What follows the analysis that is made right before a start: when nothing is worse than it was reviewed, the removal
 * begins; otherwise this analysis becomes the one that the review shows, and nothing is started. Repeating it is
 * harmless; other analyses are left alone.
 */
export async function startChecked(ports: Ports, impactId: string): Promise<void> {
  const { db } = ports.store
  const impact = await impactRow(ports, impactId)
  if (impact?.state !== 'ready' || impact.starting === null || impact.worse !== null) return
  try {
    await startUnlessWorse(ports, { ...impact, starting: impact.starting })
  } catch (error) {
    if (!isExpectedError(error)) throw error
    await db
      .update(impacts)
      .set({ state: 'failed', problem: problemOf(error) })
      .where(eq(impacts.id, impactId))
  }
}

async function startUnlessWorse(ports: Ports, { id, planId, digest, starting }: Check): Promise<void> {
  const { store } = ports
  const { reviewedImpactId, reviewedPlanDigest } = starting
  const worse = await worseThan(store, { planId, reviewedImpactId, checkedImpactId: id })
  if (worse.length > 0) {
    await store.db.transaction(async (tx) => {
      await tx.update(impacts).set({ worse }).where(eq(impacts.id, id))
      await tx.update(plans).set({ impactId: id }).where(eq(plans.id, planId))
    })
    return
  }
  const [plan] = await store.db.select().from(plans).where(eq(plans.id, planId))
  if (!plan) return
  const planDigest = await requireReviewed(store.db, plan, reviewedPlanDigest)
  const { removalId } = await beginRemoval(store, { plan, planDigest, impactDigest: digest ?? '', starting })
  await enqueueLanes(ports, removalId)
}

/** Enqueues the checks that were made while the process died before it could start anything. */
export async function resumeStarts({ store, queue }: Ports): Promise<void> {
  const { db } = store
  const started = db.select({ one: sql`1` }).from(removals).where(eq(removals.planId, impacts.planId))
  const waiting = await db
    .select({ id: impacts.id })
    .from(impacts)
    .where(and(eq(impacts.state, 'ready'), isNotNull(impacts.starting), isNull(impacts.worse), notExists(started)))
  for (const { id } of waiting) await queue.enqueue('impact', id, { impactId: id })
}
