import type { Page } from '#components/removals/actions.ts'
import type { Change, Read } from '#components/ui/read.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'

/** The server actions that the review works with; the page in app/ hands them in. */
export interface PlanActions {
  readPlan: Read<{ planId: string }, Plan>
  listItems: Read<{ planId: string; show: 'included' | 'skipped' } & Page, { rows: PlanItem[]; matched: number }>
  planSiblings: Change<{ planId: string }, { planId: string }>
  startRemoval: Change<{ planId: string; reviewedPlanDigest: string; acknowledgement: string }, { removalId: string }>
}
