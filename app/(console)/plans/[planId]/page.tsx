import type { Metadata } from 'next'
import { PlanReview } from '#components/plans/plan-review.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { quotas } from '#lib/aws/quotas.ts'
import { readPlan } from '#lib/removal/read-plan.ts'
import { found } from '../../removals/found.ts'
import { listPlanItemsAction, planSiblingsAction, readPlanAction, startRemovalAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Review' }

const actions = {
  readPlan: readPlanAction,
  listItems: listPlanItemsAction,
  planSiblings: planSiblingsAction,
  startRemoval: startRemovalAction,
}

const secret = quotas['secretsmanager:TagOrUntagResource']
const callQuotas = {
  remove: { key: quotas['kms:UntagResource'], secret },
  putBack: { key: quotas['kms:TagResource'], secret },
}

export default async function PlanPage({ params }: { params: Promise<{ planId: string }> }) {
  const { planId } = await params
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { store, scope } = ports(asking.actor)
  const plan = await found(planId, (id) => readPlan(store, scope, id))
  return <PlanReview key={plan.id} initial={plan} actions={actions} quotas={callQuotas} />
}
