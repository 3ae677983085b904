'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import type { UseLookUp } from '#lib/use-evidence.ts'
import type { ImpactProps } from './actions.ts'
import { affectedKey, isLookingUp } from './queries.ts'
import { UseLookUpTold } from './use-look-up-told.tsx'

/** Asks who of the affected used what, and when, and says how far that is. */
export function LookUpUse({ planId, impactId, actions, lookUp }: ImpactProps & { lookUp: UseLookUp | null }) {
  const client = useQueryClient()
  const asking = useMutation({
    mutationFn: () => change(actions.lookUpUse, { planId, impactId }),
    onSettled: () => client.invalidateQueries({ queryKey: affectedKey({ planId, impactId }) }),
  })
  return (
    <SpaceBetween size="xs">
      {asking.error && <ErrorNote title="Last uses could not be asked for" error={asking.error} />}
      <Button
        iconName="search"
        loading={asking.isPending || isLookingUp(lookUp)}
        loadingText="Looking up last uses"
        onClick={() => asking.mutate()}
      >
        {lookUp === null ? 'Look up last use' : 'Look up again'}
      </Button>
      {lookUp && <UseLookUpTold lookUp={lookUp} />}
    </SpaceBetween>
  )
}
