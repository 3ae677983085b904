'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { useNow } from '#components/ui/now.ts'
import { change } from '#components/ui/read.ts'
import { paths } from '#lib/paths.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'

const OLD_AFTER_MS = 60 * 60_000

/**
 * For whoever lets a removal go on: how long ago its access impact was analysed, and the way to have what is left analysed
 * anew. Nothing while that is recent.
 */
export function ReviewAge({ removal, planRest }: { removal: Removal; planRest: RemovalActions['planRest'] }) {
  const router = useRouter()
  const now = useNow()
  const planning = useMutation({
    mutationFn: () => change(planRest, { removalId: removal.id }),
    onSuccess: ({ planId }) => router.push(paths.plan(planId)),
  })
  const { startedAt, direction, reverses } = removal
  if (now === null || now - Date.parse(startedAt) < OLD_AFTER_MS) return null
  return (
    <SpaceBetween size="xs">
      <div>
        Who loses and who gains access was analysed <Instant at={startedAt} as="age" />, right before the start.
        Policies may have changed since.
      </div>
      {planning.error && <ErrorNote title="What is left could not be planned" error={planning.error} />}
      {direction === 'remove' && reverses === null && (
        <Button loading={planning.isPending || planning.isSuccess} onClick={() => planning.mutate()}>
          Review what is left…
        </Button>
      )}
    </SpaceBetween>
  )
}
