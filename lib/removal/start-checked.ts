import { and, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import { isExpectedError, problemOf } from '../errors.ts'
import { impactRow } from '../impact/request.ts'
import { worseThan } from '../impact/worse.ts'
import type { StartRequest } from '../impact-facts.ts'
import type { Queue } from '../jobs/queue.ts'
import { impacts, plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { beginRemoval } from './begin-removal.ts'
import { chooseCanary } from './canary/choose.ts'
import { enqueueRemoval } from './enqueue.ts'
import { requireReviewed } from './sealed-plan.ts'

interface Ports {
  store: Store
  queue: Queue
}
type Check = Pick<typeof impacts.$inferSelect, 'id' | 'planId' | 'digest'> & { starting: StartRequest }

// By the clock of the database, which wrote when it was ready.
const isOld = sql`${impacts.readyAt} < now() - interval '2 minutes'`

/**
 * What follows the analysis that is made right before a start: when nothing is worse than it was reviewed, the removal
 * begins; otherwise this analysis becomes the one that the review shows, and nothing is started. One that was ready
 * minutes ago, before the process died, is made again first. Repeating it is harmless; other analyses are left alone.
 */
export async function startChecked(ports: Ports, impactId: string): Promise<void> {
  const { db } = ports.store
  const impact = await impactRow(ports, impactId)
  if (impact?.state !== 'ready' || impact.starting === null || impact.worse !== null) return
  if (await isMadeAgain(ports, impactId)) return
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
      const [plan] = await tx.update(plans).set({ impactId: id }).where(eq(plans.id, planId)).returning()
      const actor = { id: plan?.scope ?? '', name: starting.startedBy, address: starting.startedFrom }
      const details = { planId, reviewedImpactId, impactId: id, impactDigest: digest, worse: worse.length }
      await appendToConsole(tx, { action: 'start.refused', actor, details })
    })
    return
  }
  const [plan] = await store.db.select().from(plans).where(eq(plans.id, planId))
  if (!plan) return
  const planDigest = await requireReviewed(store.db, plan, reviewedPlanDigest)
  const canary = starting.canary ? await chooseCanary(store, { planId, impactId: id }) : null
  const { removalId } = await beginRemoval(store, { plan, planDigest, impactDigest: digest ?? '', starting, canary })
  await enqueueRemoval(ports, removalId)
}

/** A check that nobody acted upon at once tells of an account that may have changed since. */
async function isMadeAgain({ store: { db }, queue }: Ports, impactId: string): Promise<boolean> {
  const old = await db
    .update(impacts)
    .set({ state: 'waiting', digest: null, readyAt: null })
    .where(and(eq(impacts.id, impactId), isOld, notExists(startedFrom(db))))
    .returning({ id: impacts.id })
  if (old.length > 0) await queue.enqueue('impact', impactId, { impactId })
  return old.length > 0
}

const startedFrom = (db: Store['db']) =>
  db.select({ one: sql`1` }).from(removals).where(eq(removals.planId, impacts.planId))

/** Enqueues the checks that were made while the process died before it could start anything. */
export async function resumeStarts({ store, queue }: Ports): Promise<void> {
  const { db } = store
  const waiting = await db
    .select({ id: impacts.id })
    .from(impacts)
    .where(
      and(eq(impacts.state, 'ready'), isNotNull(impacts.starting), isNull(impacts.worse), notExists(startedFrom(db))),
    )
  for (const { id } of waiting) await queue.enqueue('impact', id, { impactId: id })
}
