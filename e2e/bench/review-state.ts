import { desc, eq } from 'drizzle-orm'
import { impacts, plans } from '#lib/store/schema.ts'
import type { Store } from '#lib/store/store.ts'

/** How far the analysis of a plan has come, asked for without what a page would ask for besides. */
export async function latestImpact({ db }: Store, planId: string) {
  const [plan] = await db.select({ state: plans.state, problem: plans.problem }).from(plans).where(eq(plans.id, planId))
  const [impact] = await db
    .select({ state: impacts.state, picture: impacts.picture, problem: impacts.problem })
    .from(impacts)
    .where(eq(impacts.planId, planId))
    .orderBy(desc(impacts.startedAt))
    .limit(1)
  return {
    plan: plan?.state,
    impact: impact?.state,
    hasPicture: Boolean(impact?.picture),
    problem: plan?.problem ?? impact?.problem,
  }
}
