import { and, eq, inArray, isNull } from 'drizzle-orm'
import { storeImpact } from '../impact/request.ts'
import type { Queue } from '../jobs/queue.ts'
import { impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { lockPlan } from './sealed-plan.ts'
import { requireUnstarted } from './start-state.ts'

/**
 * Begins a new analysis of what a plan does to access, from what AWS says now; while one runs, answers with that one.
 *
 * @throws ExpectedError `notFound`, `wrongState` (the plan is not ready, or was started)
 */
export async function analyseAgain(
  { store, queue, scope }: { store: Store; queue: Queue; scope: string },
  { planId }: { planId: string },
): Promise<{ impactId: string }> {
  const impactId = await store.db.transaction(async (tx) => {
    const plan = await lockPlan(tx, scope, planId)
    await requireUnstarted(tx, plan)
    const [running] = await tx
      .select({ id: impacts.id })
      .from(impacts)
      .where(
        and(
          eq(impacts.planId, planId),
          isNull(impacts.starting),
          inArray(impacts.state, ['waiting', 'reading', 'analysing']),
        ),
      )
    return running?.id ?? (await storeImpact(tx, planId, null))
  })
  await queue.enqueue('impact', impactId, { impactId })
  return { impactId }
}
