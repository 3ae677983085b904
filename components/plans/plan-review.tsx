'use client'
import { useQuery } from '@tanstack/react-query'
import type { ImpactActions } from '#components/impact/actions.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { FailedPlan } from './failed-plan.tsx'
import type { CallQuotas } from './plan-facts.tsx'
import { PreparingPlan } from './preparing-plan.tsx'
import { impactQuery, planQuery } from './queries.ts'
import { isUnreviewed, ReadyPlan } from './ready-plan.tsx'

interface PlanReviewProps {
  initial: Plan
  initialImpact: ImpactReview
  actions: PlanActions
  impactActions: ImpactActions
  quotas: CallQuotas
}

/** A plan from its live reads to its start. */
export function PlanReview({ initial, initialImpact, actions, impactActions, quotas }: PlanReviewProps) {
  const { data: plan, error } = useQuery({ ...planQuery(actions.readPlan, initial.id), initialData: initial })
  const impact = useQuery({
    ...impactQuery(actions.readImpact, initial.id),
    initialData: initialImpact,
    // Nothing is analysed before it is known what is in the plan, or when that is nothing, or was begun by a canary.
    enabled: plan.state === 'ready' && plan.totals.tags > 0 && !isUnreviewed(plan, initialImpact),
  })
  if (plan.state === 'failed') return <FailedPlan plan={plan} />
  return plan.state === 'preparing' ? (
    <PreparingPlan plan={plan} error={error} />
  ) : (
    <ReadyPlan
      plan={plan}
      impact={impact.data}
      error={error ?? impact.error}
      actions={actions}
      impactActions={impactActions}
      quotas={quotas}
    />
  )
}
