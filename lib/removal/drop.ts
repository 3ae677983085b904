import { setImmediate as letOthersRun } from 'node:timers/promises'
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { ExpectedError } from '../errors.ts'
import type { ImpactSign } from '../impact-review.ts'
import type { ImpactVerdict } from '../item-impact.ts'
import { impactItems, planItems, type plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { lockPlan, sealAnew, stalePlan } from './sealed-plan.ts'
import { requireUnstarted } from './start-state.ts'

/** What to leave out of a plan: single resources, or all of which the analysis says the same. */
export type Drop =
  | { by: 'arns'; arns: readonly string[] }
  | { by: 'verdicts'; verdicts: readonly ImpactVerdict[] }
  | { by: 'sign'; sign: ImpactSign }

type PlanRow = typeof plans.$inferSelect

interface Ports {
  store: Store
  scope: string
  by: AuditActor
}

/** Resources that one drop leaves out at most, so that its answer is never too long to undo it. */
export const DROPPED_AT_ONCE_MAX = 10_000
const ROWS_PER_WRITE = 1000

/**
 * Leaves resources out of a plan, the first {@link DROPPED_AT_ONCE_MAX} by name, and answers which, with the plan's new
 * digest.
 *
 * @throws ExpectedError `notFound`, `stalePlan` (another plan is on the screen), `wrongState` (the plan is not ready, was
 *   started, or is not analysed yet)
 */
export async function dropItems(
  { store, scope, by }: Ports,
  { planId, reviewedPlanDigest, drop }: { planId: string; reviewedPlanDigest: string; drop: Drop },
): Promise<{ dropped: string[]; digest: string }> {
  return store.db.transaction(async (tx) => {
    const plan = await lockPlan(tx, scope, planId)
    await requireUnstarted(tx, plan)
    if (plan.digest !== reviewedPlanDigest) throw stalePlan()
    const chosen = await tx
      .select({ arn: planItems.arn })
      .from(planItems)
      .where(and(eq(planItems.planId, planId), isNull(planItems.skipped), matching(plan, drop)))
      .orderBy(planItems.name, planItems.arn)
      .limit(DROPPED_AT_ONCE_MAX)
    const dropped = chosen.map(({ arn }) => arn)
    await skip(tx, planId, dropped, { from: null, to: 'dropped' })
    const digest = await sealAnew(tx, plan)
    const details = { planId, dropped: dropped.length, planDigest: digest }
    await appendToConsole(tx, { action: 'plan.changed', actor: by, details })
    return { dropped, digest }
  })
}

/**
 * Takes dropped resources back into a plan; answers with its new digest. What was left out for another reason stays so.
 *
 * @throws ExpectedError `notFound`, `wrongState` (the plan is not ready, or was started)
 */
export async function undropItems(
  { store, scope, by }: Ports,
  { planId, arns }: { planId: string; arns: readonly string[] },
): Promise<{ digest: string }> {
  return store.db.transaction(async (tx) => {
    const plan = await lockPlan(tx, scope, planId)
    await requireUnstarted(tx, plan)
    await skip(tx, planId, arns, { from: 'dropped', to: null })
    const digest = await sealAnew(tx, plan)
    const details = { planId, takenBack: arns.length, planDigest: digest }
    await appendToConsole(tx, { action: 'plan.changed', actor: by, details })
    return { digest }
  })
}

function matching({ impactId }: PlanRow, drop: Drop): SQL {
  if (drop.by === 'arns') return isOneOf(drop.arns)
  if (impactId === null) throw new ExpectedError('wrongState', 'what this plan does to access is not analysed yet')
  const asked =
    drop.by === 'verdicts' ? inArray(impactItems.verdict, [...drop.verdicts]) : sql`${impactItems.signs} ? ${drop.sign}`
  return sql`${planItems.arn} in (select arn from impact_items where impact_id = ${impactId} and ${asked})`
}

// One parameter, for a query may have 65,535 at most.
function isOneOf(arns: readonly string[]): SQL {
  return sql`${planItems.arn} = any(${sql.param(arns)}::text[])`
}

/** In pages, each in a turn of its own: the embedded database writes without leaving the turn. */
async function skip(
  tx: Pick<Store['db'], 'update'>,
  planId: string,
  arns: readonly string[],
  { from, to }: Record<'from' | 'to', 'dropped' | null>,
): Promise<void> {
  for (let at = 0; at < arns.length; at += ROWS_PER_WRITE) {
    await letOthersRun()
    await tx
      .update(planItems)
      .set({ skipped: to })
      .where(
        and(
          eq(planItems.planId, planId),
          sql`${planItems.skipped} is not distinct from ${from}`,
          isOneOf(arns.slice(at, at + ROWS_PER_WRITE)),
        ),
      )
  }
}
