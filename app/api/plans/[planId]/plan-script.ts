import { type Actor, ports } from '#lib/auth/actor.ts'
import type { Download } from '#lib/auth/download.ts'
import { awsCliScript } from '#lib/aws-cli-script.ts'
import { allPlanItems } from '#lib/removal/export-review.ts'
import { readPlan } from '#lib/removal/read-plan.ts'
import { type PlanParams, readPlanId } from './plan-params.ts'

/** One of the two scripts of a plan, for those who will not let a new tool write. */
export async function planScript(which: 'apply' | 'restore', params: PlanParams, actor: Actor): Promise<Download> {
  const planId = readPlanId(params)
  const { store, scope, identity } = ports(actor)
  const { direction } = await readPlan(store, scope, planId)
  const items = await allPlanItems(store, scope, planId, 'included')
  const scripts = awsCliScript({ direction, account: identity.account, items })
  return { name: `untag-${which}-${planId}.sh`, type: 'text/x-shellscript', text: scripts[which] }
}
