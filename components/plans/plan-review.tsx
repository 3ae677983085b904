'use client'
import { useQuery } from '@tanstack/react-query'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { FailedPlan } from './failed-plan.tsx'
import type { CallQuotas } from './plan-facts.tsx'
import { PreparingPlan } from './preparing-plan.tsx'
import { planQuery } from './queries.ts'
import { ReadyPlan } from './ready-plan.tsx'

interface PlanReviewProps {
  initial: Plan
  actions: PlanActions
  quotas: CallQuotas
}

/** A plan from its live reads to its start. */
export function PlanReview({ initial, actions, quotas }: PlanReviewProps) {
  const { data: plan, error } = useQuery({ ...planQuery(actions.readPlan, initial.id), initialData: initial })
  if (plan.state === 'failed') return <FailedPlan plan={plan} />
  return plan.state === 'preparing' ? (
    <PreparingPlan plan={plan} error={error} />
  ) : (
    <ReadyPlan plan={plan} actions={actions} quotas={quotas} />
  )
}
