'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import { paths } from '#lib/paths.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalMove } from '#lib/removal/state.ts'
import type { RemovalActions } from './actions.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { removalsKey } from './queries.ts'
import { reversalOffer } from './reversal-offer.ts'

type OwnMove = Exclude<RemovalMove, 'putBack'>

/** Moves a removal and plans its reverse; what fails is kept until the next try. */
export function useRemovalMoves({ move, putBack }: Pick<RemovalActions, 'move' | 'putBack'>, removalId: string) {
  const client = useQueryClient()
  const router = useRouter()
  const moving = useMutation({
    mutationFn: (name: OwnMove) => change(move, { removalId, move: name }),
    onSettled: () => client.invalidateQueries({ queryKey: removalsKey }),
  })
  const puttingBack = useMutation({
    mutationFn: (itemIds: number[] | 'all') => change(putBack, { removalId, itemIds }),
    onSuccess: ({ planId }) => router.push(paths.plan(planId)),
  })
  return { moving, puttingBack }
}

interface RemovalMovesProps {
  removal: Removal
  moves: ReturnType<typeof useRemovalMoves>
  /** Items chosen in the table below; none means all. */
  chosen: number[]
}

/** What the operator can do; a button that cannot be used says why. */
export function RemovalMoves({ removal, moves: { moving, puttingBack }, chosen }: RemovalMovesProps) {
  const [asking, setAsking] = useState(false)
  const reasonOf = new Map(removal.moves.map(({ move, disabledReason }) => [move, disabledReason]))
  const button = (move: RemovalMove, label: string, onClick: () => void, loading: boolean, alsoNot?: string | null) => {
    const disabledReason = reasonOf.get(move) ?? alsoNot ?? null
    return (
      <Button
        onClick={onClick}
        loading={loading}
        disabled={disabledReason !== null}
        {...(disabledReason ? { disabledReason } : {})}
      >
        {label}
      </Button>
    )
  }
  const sending = (move: OwnMove) => moving.isPending && moving.variables === move
  const offer = reversalOffer(removal, chosen.length)
  return (
    <SpaceBetween size="xs" direction="horizontal">
      {removal.state === 'paused'
        ? button('resume', 'Resume', () => moving.mutate('resume'), sending('resume'))
        : button('pause', 'Pause', () => moving.mutate('pause'), sending('pause'))}
      {button('cancel', 'Cancel…', () => setAsking(true), sending('cancel'))}
      {button('retryFailed', 'Retry failed', () => moving.mutate('retryFailed'), sending('retryFailed'))}
      {button(
        'putBack',
        offer.label,
        () => puttingBack.mutate(chosen.length === 0 ? 'all' : chosen),
        puttingBack.isPending || puttingBack.isSuccess,
        offer.disabledReason,
      )}
      <CancelDialog
        visible={asking}
        removal={removal}
        onDismiss={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          moving.mutate('cancel')
        }}
      />
    </SpaceBetween>
  )
}

const attempts = {
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  retryFailed: 'retry',
} as const satisfies Record<OwnMove, string>

/** What went wrong with the last move, beside the buttons that made it. */
export function MoveError({ moving, puttingBack }: ReturnType<typeof useRemovalMoves>) {
  if (moving.error) {
    return <ErrorNote title={`Could not ${attempts[moving.variables]} this removal`} error={moving.error} />
  }
  return puttingBack.error && <ErrorNote title="The reverse could not be planned" error={puttingBack.error} />
}
