'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Instant } from '#components/ui/instant.tsx'
import { change } from '#components/ui/read.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { PurgeDialog } from './purge-dialog.tsx'
import { removalsKey } from './queries.ts'

/** Until when the old values are kept, and the way to purge them now; or since when they are gone. */
export function OldValuesFact({ removal, purge }: { removal: Removal; purge: RemovalActions['purge'] }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const purging = useMutation({
    mutationFn: () => change(purge, { removalId: removal.id }),
    onSuccess: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: removalsKey }),
  })
  const { purgedAt, keptUntil } = removal.oldValues
  if (purgedAt !== null) {
    return (
      <>
        Purged on <Instant at={purgedAt} as="day" />, with the reviewed plan.
      </>
    )
  }
  return (
    <SpaceBetween size="xs">
      <Button onClick={() => setAsking(true)}>Purge now…</Button>
      <Box variant="small" display="block">
        {keptUntil === null ? (
          'Kept until somebody purges them'
        ) : (
          <>
            Kept until <Instant at={keptUntil} as="day" />
          </>
        )}
        , as <SoftLink href={paths.settings()}>the settings</SoftLink> say.
      </Box>
      <PurgeDialog
        visible={asking}
        removal={removal}
        busy={purging.isPending}
        error={purging.error}
        onDismiss={() => {
          setAsking(false)
          purging.reset()
        }}
        onConfirm={() => purging.mutate()}
      />
    </SpaceBetween>
  )
}
