import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { ResourceFacts } from '../impact-facts.ts'
import { planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** A resource of a plan that is analysed, with what is known of it. */
export type PlanItem = Omit<typeof planItems.$inferSelect, 'facts'> & { facts: ResourceFacts }

/**
 * The resources that an analysis of a plan is about: what the plan includes, and what the operator dropped from it and
 * may take in again. Their order is that of the ordinals, and the same in every analysis of one plan.
 */
export async function itemsToAnalyse({ db }: Store, planId: string): Promise<PlanItem[]> {
  const rows = await db
    .select()
    .from(planItems)
    .where(and(eq(planItems.planId, planId), or(isNull(planItems.skipped), eq(planItems.skipped, 'dropped'))))
    .orderBy(asc(planItems.arn))
  return rows.map(({ facts, ...row }) => {
    if (facts === null) throw new Error(`the plan includes ${row.arn} and knows no facts of it`)
    return { ...row, facts }
  })
}
