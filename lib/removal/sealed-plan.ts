import { setImmediate as letOthersRun } from 'node:timers/promises'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { ExpectedError } from '../errors.ts'
import { planItems, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { digestLine, digestOfLines } from './digest.ts'

type PlanRow = typeof plans.$inferSelect
type Db = Pick<Store['db'], 'select' | 'update'>

const ROWS_PER_READ = 1000

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
  const lines = await includedLines(db, plan.id)
  if (lines.length === 0) throw new ExpectedError('wrongState', 'this plan changes nothing')
  const digest = digestOfLines(plan.direction, lines)
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
  const digest = digestOfLines(plan.direction, await includedLines(db, plan.id))
  await db.update(plans).set({ digest }).where(eq(plans.id, plan.id))
  return digest
}

/** Read in pages, each in a turn of its own: the embedded database answers without leaving the turn. */
async function includedLines(db: Db, planId: string): Promise<string[]> {
  const lines: string[] = []
  for (let after = ''; ; ) {
    await letOthersRun()
    const page = await db
      .select({ arn: planItems.arn, tags: planItems.tags })
      .from(planItems)
      .where(and(eq(planItems.planId, planId), isNull(planItems.skipped), gt(planItems.arn, after)))
      .orderBy(asc(planItems.arn))
      .limit(ROWS_PER_READ)
    lines.push(...page.map(digestLine))
    const last = page.at(-1)
    if (!last || page.length < ROWS_PER_READ) return lines
    after = last.arn
  }
}
