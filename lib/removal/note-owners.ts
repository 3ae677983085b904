import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { TerraformResource } from '../terraform.ts'
import { lockPlan } from './sealed-plan.ts'
import { requireUnstarted } from './start-state.ts'

/** Resources that one call takes at most; what is found in many files comes slice by slice. */
export const NOTED_AT_ONCE_MAX = 500

/** Part of what dropped Terraform files hold. */
export interface OwnersSlice {
  planId: string
  resources: readonly TerraformResource[]
  /** The first slice of what is dropped now: what was noted before is forgotten. */
  isFirst: boolean
}

/**
 * Notes beside the resources of a plan where they stand in Terraform, and answers how many of these the plan has. Of
 * several places the last one counts. What the plan does is not changed by it.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not ready, or started: what was reviewed then stays as it is)
 */
export async function noteOwners(
  { store, scope }: { store: Store; scope: string },
  { planId, resources, isFirst }: OwnersSlice,
): Promise<{ matched: number }> {
  const byArn = new Map(resources.map((resource) => [resource.arn, resource]))
  return store.db.transaction(async (tx) => {
    await requireUnstarted(tx, await lockPlan(tx, scope, planId))
    if (isFirst) {
      const isNoted = and(eq(planItems.planId, planId), isNotNull(planItems.terraform))
      await tx.update(planItems).set({ terraform: null }).where(isNoted)
    }
    const noted = await tx
      .update(planItems)
      .set({ terraform: sql`found` })
      .from(sql`jsonb_array_elements(${JSON.stringify([...byArn.values()])}::jsonb) found`)
      .where(and(eq(planItems.planId, planId), sql`${planItems.arn} = found->>'arn'`))
      .returning({ arn: planItems.arn })
    return { matched: noted.length }
  })
}
