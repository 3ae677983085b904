import { ports } from '#lib/auth/actor.ts'
import { download } from '#lib/auth/download.ts'
import { exportReview } from '#lib/removal/export-review.ts'
import { type PlanParams, readPlanId } from '../plan-params.ts'

/** A review as JSON. */
export const GET = download<PlanParams>('removal:read', async (params, actor) => {
  const planId = readPlanId(params)
  const review = await exportReview({ ...ports(actor), account: actor.identity.account }, planId)
  return { name: `untag-review-${planId}.json`, type: 'application/json', text: JSON.stringify(review, null, 2) }
})
