'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { isCanaryProposed } from './canary-words.ts'
import { canaryQuery } from './queries.ts'

/** Whether some resources go first: as proposed, until somebody chooses. */
export function useCanary(plan: Plan, impact: ImpactReview, offerCanary: PlanActions['offerCanary']) {
  const [choice, choose] = useState<boolean | null>(null)
  const isOffered = plan.direction === 'remove' && impact.state === 'ready'
  const { data: offer, error, refetch } = useQuery({ ...canaryQuery(offerCanary, plan, impact), enabled: isOffered })
  const isPossible = offer !== undefined && offer.first > 0
  return {
    isOffered,
    offer,
    error,
    ask: refetch,
    isPossible,
    chosen: isPossible && (choice ?? isCanaryProposed(impact)),
    choose,
    // What is proposed must not be missed because the answer is late.
    disabledReason:
      !isOffered || offer ? null : error ? 'it is not known what could go first' : 'finding out what could go first',
  }
}

export type CanaryChoice = ReturnType<typeof useCanary>
