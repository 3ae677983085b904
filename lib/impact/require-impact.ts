import { and, eq } from 'drizzle-orm'
import { ExpectedError } from '../errors.ts'
import { impacts, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** Names one analysis: what is numbered in it means nothing in another of the same plan. */
export interface ImpactRef {
  readonly planId: string
  readonly impactId: string
}

/**
 * The direction of a plan, what its analysis knew of the account, and how far last uses are looked up.
 *
 * @throws ExpectedError `notFound`: there is none, it is not ready, or the plan is somebody else's
 */
export async function requireImpact({ db }: Store, scope: string, { planId, impactId }: ImpactRef) {
  const [found] = await db
    .select({ direction: plans.direction, picture: impacts.picture, useLookUp: impacts.useLookUp })
    .from(impacts)
    .innerJoin(plans, eq(plans.id, impacts.planId))
    .where(and(eq(impacts.id, impactId), eq(impacts.state, 'ready'), eq(plans.id, planId), eq(plans.scope, scope)))
  if (!found) throw new ExpectedError('notFound', 'this analysis is gone; load the page again to see the newest')
  return found
}
