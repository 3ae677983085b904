import { printedReview } from '#components/plans/printed-review.ts'
import { ports } from '#lib/auth/actor.ts'
import { download } from '#lib/auth/download.ts'
import { exportReview } from '#lib/removal/export-review.ts'
import { type PlanParams, readPlanId } from '../plan-params.ts'

/** A review to print. */
export const GET = download<PlanParams>('removal:read', async (params, actor) => {
  const planId = readPlanId(params)
  const review = await exportReview({ ...ports(actor), account: actor.identity.account }, planId)
  return { name: `untag-review-${planId}.html`, type: 'text/html', text: printedReview(review).text }
})
