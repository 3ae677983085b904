'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import type { ImpactRef } from '#lib/impact/require-impact.ts'
import { isUnderWay } from '#lib/under-way.ts'
import type { UseLookUp } from '#lib/use-evidence.ts'
import type { ImpactActions } from './actions.ts'
import { UseLookUpTold } from './use-look-up-told.tsx'

type Asking = UseMutationResult<UseLookUp, Error, void>

interface LookUpProps {
  asking: Asking
  /** Null: nobody has asked for it yet. */
  lookUp: UseLookUp | null
}

/** Asks who of the affected used what, and when; the query of this key shows it. */
export function useAskForUse(
  { planId, impactId }: ImpactRef,
  lookUpUse: ImpactActions['lookUpUse'],
  queryKey: QueryKey,
): Asking {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => change(lookUpUse, { planId, impactId }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
}

/** Begins a look-up; while one runs, that is shown. */
export function LookUpButton({ asking, lookUp }: LookUpProps) {
  return (
    <Button
      iconName="search"
      loading={asking.isPending || isUnderWay(lookUp)}
      loadingText="Looking up last uses"
      onClick={() => asking.mutate()}
    >
      {lookUp === null ? 'Look up last use' : 'Look up again'}
    </Button>
  )
}

/** How far a look-up is, or what came of it. */
export function LookUpNotes({ asking, lookUp }: LookUpProps) {
  return (
    <SpaceBetween size="xs">
      {asking.error && <ErrorNote title="Last uses could not be asked for" error={asking.error} />}
      {lookUp && <UseLookUpTold lookUp={lookUp} />}
    </SpaceBetween>
  )
}
