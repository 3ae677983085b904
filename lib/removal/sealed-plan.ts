import { and, asc, eq, isNull } from 'drizzle-orm'
import { ExpectedError } from '../errors.ts'
import { planItems, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { planDigest } from './digest.ts'

type PlanRow = typeof plans.$inferSelect
type Db = Pick<Store['db'], 'select' | 'update'>

/** What is thrown when something else than what is on the screen would be started or changed. */
export const stalePlan = () =>
  new ExpectedError('stalePlan', 'this is not the plan that was reviewed; reload the page and read it again')

/**
 * The same digest as on the operator's screen, made from the stored rows.
 *
 * @throws ExpectedError `wrongState` (nothing to do), `stalePlan` (another plan is on the screen, or the stored rows are
 *   not those that were sealed)
 */
export async function requireReviewed(db: Db, plan: PlanRow, reviewedPlanDigest: string): Promise<string> {
  const included = await includedItems(db, plan.id)
  if (included.length === 0) throw new ExpectedError('wrongState', 'this plan changes nothing')
  const digest = planDigest(plan.direction, included)
  if (digest !== plan.digest || digest !== reviewedPlanDigest) throw stalePlan()
  return digest
}

/**
 * Locks a plan's row until the transaction ends.
 *
 * @throws ExpectedError `notFound`, also when the plan is somebody else's
 */
export async function lockPlan(db: Db, scope: string, planId: string): Promise<PlanRow> {
  const [plan] = await db
    .select()
    .from(plans)
    .where(and(eq(plans.id, planId), eq(plans.scope, scope)))
    .for('update')
  if (!plan) throw new ExpectedError('notFound', 'there is no such plan')
  return plan
}

/** Gives a plan whose included resources have changed its new digest. */
export async function sealAnew(db: Db, plan: PlanRow): Promise<string> {
  const digest = planDigest(plan.direction, await includedItems(db, plan.id))
  await db.update(plans).set({ digest }).where(eq(plans.id, plan.id))
  return digest
}

async function includedItems(db: Db, planId: string) {
  return db
    .select({ arn: planItems.arn, tags: planItems.tags })
    .from(planItems)
    .where(and(eq(planItems.planId, planId), isNull(planItems.skipped)))
    .orderBy(asc(planItems.arn))
}
