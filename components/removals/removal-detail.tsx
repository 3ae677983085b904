'use client'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TrailPanel } from '#components/audit/trail-panel.tsx'
import { AddressProblems } from '#components/ui/address-problems.tsx'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { canaryRow } from '#lib/canary.ts'
import { type Outcome, outcomes } from '#lib/outcome.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { AfterwardsFacts } from './afterwards-facts.tsx'
import { CanaryPanel } from './canary-panel.tsx'
import { LanesTable } from './lanes-table.tsx'
import { outcomeSummary } from './outcome-summary.ts'
import { removalQuery, type ShownOutcome } from './queries.ts'
import { RemovalFacts } from './removal-facts.tsx'
import { RemovalItems } from './removal-items.tsx'
import { MoveError, RemovalMoves, useRemovalMoves } from './removal-moves.tsx'
import { CameBackNote, PauseNote, SettledNote } from './removal-notes.tsx'
import { RemovalProgress } from './removal-progress.tsx'
import { useItemsView } from './use-items-view.ts'
import { removalTitle } from './wording.ts'

const shows: [ShownOutcome, ...ShownOutcome[]] = [
  'all',
  'attention',
  'cameBack',
  ...(Object.keys(outcomes) as Outcome[]),
]

/** A removal from its start to its last proof; it lives on the server, so that leaving the page changes nothing. */
export function RemovalDetail({ initial, actions }: { initial: Removal; actions: RemovalActions }) {
  const { data: removal, error } = useQuery({ ...removalQuery(actions.readRemoval, initial.id), initialData: initial })
  const { problems, ...state } = useItemsView(shows)
  const [chosen, setChosen] = useState<RemovalItem[]>([])
  const moves = useRemovalMoves(actions, initial.id)
  return (
    <ContentLayout
      notifications={<LiveRegion hidden>{announcement(removal)}</LiveRegion>}
      header={
        <Header
          variant="h1"
          description={
            removal.state === 'settled' ? undefined : 'It goes on when this page is closed; its address stays.'
          }
          actions={<RemovalMoves removal={removal} moves={moves} chosen={chosen.map(({ id }) => id)} />}
        >
          {removalTitle(removal.direction, removal.tags.total, removal.items.total)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {problems.length > 0 && <AddressProblems problems={problems} />}
        {(moves.moving.error ?? moves.puttingBack.error) && <MoveError {...moves} />}
        {error && <ErrorNote title="What you see may be out of date" type="warning" error={error} />}
        {removal.state === 'paused' && <PauseNote removal={removal} planRest={actions.planRest} />}
        {removal.state === 'settled' && <SettledNote removal={removal} planRest={actions.planRest} />}
        {removal.cameBack > 0 && <CameBackNote removal={removal} onShow={() => state.setView({ show: 'cameBack' })} />}
        {removal.canary && <CanaryPanel removal={removal} canary={removal.canary} actions={actions} />}
        <RemovalFacts removal={removal} />
        <RemovalProgress removal={removal} onShow={(show) => state.setView({ show })} />
        <LanesTable removal={removal} />
        {removal.state === 'settled' && <AfterwardsFacts removal={removal} actions={actions} />}
        <RemovalItems
          removal={removal}
          listItems={actions.listItems}
          state={state}
          chosen={chosen}
          onChoose={setChosen}
        />
        <TrailPanel actions={actions} removalId={removal.id} />
      </SpaceBetween>
    </ContentLayout>
  )
}

/** For those who hear the page: only what has come to an end, not every second's count. */
function announcement({ state, tags, items, canary }: Removal): string {
  if (state === 'settled') return `Ended. ${outcomeSummary(tags.byOutcome, tags.total)}`
  return state === 'paused'
    ? `Paused. ${figure(items.settled)} of ${counted(items.total, 'resource')} settled`
    : canary && !canaryRow(canary.state).isOver
      ? canaryRow(canary.state).label
      : 'Running'
}
