'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '#components/ui/read.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { Drop, PlanActions } from './actions.ts'
import { planKey } from './queries.ts'

// More strings in one argument of a server action are refused.
const ARNS_PER_CALL = 5000

interface Moved {
  how: 'dropped' | 'taken in again'
  arns: string[]
}

/** Dropping resources from a plan, and taking them in again; `moved` is what was done last. */
export function useDrop(plan: Plan, { dropItems, undropItems }: Pick<PlanActions, 'dropItems' | 'undropItems'>) {
  const client = useQueryClient()
  const [moved, setMoved] = useState<Moved | null>(null)
  // Also after a failure: the plan may be another than the one on the screen.
  const onSettled = () => client.invalidateQueries({ queryKey: planKey(plan.id) })
  const dropping = useMutation({
    mutationFn: (drop: Drop) => change(dropItems, { planId: plan.id, reviewedPlanDigest: plan.digest ?? '', drop }),
    onSuccess: ({ dropped }) => setMoved({ how: 'dropped', arns: dropped }),
    onSettled,
  })
  const undropping = useMutation({
    mutationFn: async (arns: string[]) => {
      for (let from = 0; from < arns.length; from += ARNS_PER_CALL) {
        await change(undropItems, { planId: plan.id, arns: arns.slice(from, from + ARNS_PER_CALL) })
      }
    },
    onSuccess: (_, arns) => setMoved({ how: 'taken in again', arns }),
    onSettled,
  })
  const move = (change: () => void) => {
    dropping.reset()
    undropping.reset()
    change()
  }
  return {
    drop: (drop: Drop) => move(() => dropping.mutate(drop)),
    undrop: (arns: string[]) => move(() => undropping.mutate(arns)),
    moved,
    forget: () => setMoved(null),
    busy: dropping.isPending || undropping.isPending,
    error: dropping.error ?? undropping.error,
  }
}

export type Dropping = ReturnType<typeof useDrop>
