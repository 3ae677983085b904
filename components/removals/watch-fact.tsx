'use client'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { change } from '#components/ui/read.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { WATCH_DAYS } from '#lib/retention.ts'
import type { RemovalActions } from './actions.ts'
import { cameBackText } from './afterwards-words.ts'
import { removalsKey } from './queries.ts'

/** Switches the watch, and says what it has seen; a watch in which nobody has looked has seen nothing. */
export function WatchFact({ removal, watch }: { removal: Removal; watch: RemovalActions['watch'] }) {
  const client = useQueryClient()
  const switching = useMutation({
    mutationFn: (on: boolean) => change(watch, { removalId: removal.id, watch: on }),
    onSettled: () => client.invalidateQueries({ queryKey: removalsKey }),
  })
  const isOn = removal.watch !== null && !removal.watch.isOver
  return (
    <SpaceBetween size="xs">
      {switching.error && <ErrorNote title="The watch was not changed" error={switching.error} />}
      <Toggle
        checked={switching.isPending ? switching.variables : isOn}
        disabled={switching.isPending || removal.oldValues.purgedAt !== null}
        onChange={({ detail }) => switching.mutate(detail.checked)}
      >
        Watch for {WATCH_DAYS} days
      </Toggle>
      <Box variant="small" display="block">
        {removal.watch === null ? (
          'Every scan in that time then looks whether a removed tag is there again.'
        ) : (
          <Watched watch={removal.watch} cameBack={removal.cameBack} />
        )}
      </Box>
    </SpaceBetween>
  )
}

function Watched({ watch, cameBack }: { watch: NonNullable<Removal['watch']>; cameBack: number }) {
  const { until, isOver, lookedAt } = watch
  return (
    <>
      {isOver ? 'Watched until ' : 'Until '}
      <Instant at={until} />
      {'. '}
      {lookedAt === null ? (
        isOver ? (
          'No scan has looked at all of it in that time.'
        ) : (
          'No scan has looked at all of it yet.'
        )
      ) : (
        <>
          A scan has looked at all of it, last on <Instant at={lookedAt} />: {cameBackText(cameBack)}.
        </>
      )}
    </>
  )
}
