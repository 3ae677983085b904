'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { removalsKey } from '#components/removals/queries.ts'
import { change } from '#components/ui/read.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions, ReviewedPlan } from './actions.ts'
import { POLL_MS, planKey, planQuery } from './queries.ts'

/**
 * The start of a plan: asked for, checked once more by a job, and then a removal, to which the page goes; also when it
 * was opened anew while the check ran. A check that refuses or fails stands in `impact.start`.
 */
export function useStart(plan: Plan, impact: ImpactReview, actions: Pick<PlanActions, 'readPlan' | 'startRemoval'>) {
  const client = useQueryClient()
  const router = useRouter()
  const refresh = () => client.invalidateQueries({ queryKey: planKey(plan.id) })
  const starting = useMutation({
    mutationFn: (given: Pick<ReviewedPlan, 'acknowledgements' | 'canary'>) =>
      change(actions.startRemoval, {
        planId: plan.id,
        reviewedPlanDigest: plan.digest ?? '',
        reviewedImpactId: impact.impactId ?? '',
        ...given,
      }),
    onSuccess: refresh,
    // Somebody may have started it meanwhile: the page then leads to that removal.
    onError: refresh,
  })
  const check = impact.start?.state
  const busy = starting.isPending || check === 'checking' || (starting.isSuccess && check === undefined)

  const { isSuccess, reset } = starting
  const hasEnded = check === 'refused' || check === 'failed'
  useEffect(() => {
    if (hasEnded && isSuccess) reset()
  }, [hasEnded, isSuccess, reset])

  // The check ends in a removal of which only the plan knows.
  useQuery({ ...planQuery(actions.readPlan, plan.id), refetchInterval: POLL_MS, enabled: busy })
  const wasBusy = useRef(false)
  useEffect(() => {
    if (busy) wasBusy.current = true
    if (!wasBusy.current || plan.removalId === null) return
    void client.invalidateQueries({ queryKey: removalsKey })
    router.push(paths.removal(plan.removalId))
  }, [busy, plan.removalId, client, router])

  return { start: starting.mutate, error: starting.error, busy }
}

export type Start = ReturnType<typeof useStart>
