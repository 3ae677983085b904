import type { Metadata } from 'next'
import { PlanReview } from '#components/plans/plan-review.tsx'
import { PurgedPlan } from '#components/plans/purged-plan.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { quotas } from '#lib/aws/quotas.ts'
import { readImpact } from '#lib/impact/read-impact.ts'
import { purgedPlan } from '#lib/removal/purged-plan.ts'
import { readPlan } from '#lib/removal/read-plan.ts'
import { found } from '../../removals/found.ts'
import {
  analyseAgainAction,
  dropItemsAction,
  listPlanItemsAction,
  noteOwnersAction,
  offerCanaryAction,
  planSiblingsAction,
  readImpactAction,
  readPlanAction,
  startRemovalAction,
  undropItemsAction,
} from '../actions.ts'
import { calibrateAction, lookUpUseAction } from '../evidence-actions.ts'
import { changedResourcesAction, changesOfAction, explainChangeAction, listAffectedAction } from '../impact-actions.ts'

export const metadata: Metadata = { title: 'Review' }

const actions = {
  readPlan: readPlanAction,
  readImpact: readImpactAction,
  listItems: listPlanItemsAction,
  planSiblings: planSiblingsAction,
  dropItems: dropItemsAction,
  undropItems: undropItemsAction,
  noteOwners: noteOwnersAction,
  analyseAgain: analyseAgainAction,
  offerCanary: offerCanaryAction,
  calibrate: calibrateAction,
  startRemoval: startRemovalAction,
}

const impactActions = {
  listAffected: listAffectedAction,
  changedResources: changedResourcesAction,
  changesOf: changesOfAction,
  explainChange: explainChangeAction,
  lookUpUse: lookUpUseAction,
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
  const purged = await found(planId, (id) => purgedPlan(store, scope, id))
  if (purged) return <PurgedPlan plan={purged} />
  const plan = await found(planId, (id) => readPlan(store, scope, id))
  const impact = await readImpact(store, scope, plan.id)
  return (
    <PlanReview
      key={plan.id}
      initial={plan}
      initialImpact={impact}
      actions={actions}
      impactActions={impactActions}
      quotas={callQuotas}
    />
  )
}
