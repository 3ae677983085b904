'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { Instant } from '#components/ui/instant.tsx'
import type { Filter } from '#lib/filter.ts'
import type { InventoryStatus } from '#lib/inventory/status.ts'
import type { ResourcesView } from '#lib/resources-view.ts'
import type { ResourcesActions } from './actions.ts'
import { allThatMatch, type Chosen, choiceProblem, countChosen, nothingChosen } from './chosen.ts'
import { ScanButton } from './scan-button.tsx'
import type { Scan } from './use-scan.ts'

interface ResourcesHeaderProps {
  actions: ResourcesActions
  inventory: InventoryStatus
  scan: Scan
  view: ResourcesView
  setView: (change: Partial<ResourcesView>) => void
  /** Whether the snapshot holds keys that AWS manages, of which no tag can be removed. */
  hasAwsManaged: boolean
  matched: number
  chosen: Chosen
  setChosen: (chosen: Chosen) => void
  onRemoveTags: () => void
}

/** Counts, the age of the snapshot, what can be done, and how much is chosen. */
export function ResourcesHeader(props: ResourcesHeaderProps) {
  const { actions, inventory, scan, view, setView, hasAwsManaged, matched, chosen, setChosen, onRemoveTags } = props
  const count = countChosen(chosen, matched)
  const total = inventory.snapshot ? inventory.snapshot.keys + inventory.snapshot.secrets : 0
  const problem = choiceProblem(chosen, count)
  const { filter } = view
  const canHideAwsManaged =
    hasAwsManaged &&
    (filter.operation === 'and' || filter.tokens.length < 2) &&
    filter.tokens.every(({ property }) => property !== 'manager')
  return (
    <SpaceBetween size="xs">
      <Header
        variant="awsui-h1-sticky"
        counter={count > 0 ? `(${figure(count)}/${figure(total)})` : `(${figure(total)})`}
        description={inventory.snapshot && <SnapshotLine snapshot={inventory.snapshot} notes={inventory.notes} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ScanButton actions={actions} scan={scan} variant="normal" />
            <Button
              variant="primary"
              disabled={problem !== undefined}
              {...(problem ? { disabledReason: problem } : {})}
              onClick={onRemoveTags}
            >
              Remove tags…
            </Button>
          </SpaceBetween>
        }
      >
        Resources
      </Header>
      <Box>
        <SpaceBetween direction="horizontal" size="m">
          <span role="status">
            {count === 0 ? 'None chosen' : `${counted(count, 'resource')} chosen, on all pages`}
          </span>
          {chosen.by === 'arns' && matched > count && (
            <Button variant="inline-link" onClick={() => setChosen(allThatMatch(view.filter))}>
              {`Choose all ${figure(matched)}${view.filter.tokens.length > 0 ? ' that match' : ''}`}
            </Button>
          )}
          {canHideAwsManaged && (
            <Button variant="inline-link" onClick={() => setView({ filter: withoutAwsManaged(filter) })}>
              Hide keys that AWS manages
            </Button>
          )}
          {count > 0 && (
            <Button variant="inline-link" onClick={() => setChosen(nothingChosen)}>
              Choose none
            </Button>
          )}
        </SpaceBetween>
      </Box>
    </SpaceBetween>
  )
}

const withoutAwsManaged = ({ tokens }: Filter): Filter => ({
  operation: 'and',
  tokens: [...tokens, { property: 'manager', operator: '!=', value: 'AWS' }],
})

interface SnapshotLineProps {
  snapshot: NonNullable<InventoryStatus['snapshot']>
  notes: readonly string[]
}

function SnapshotLine({ snapshot: { completedAt, keys, secrets, problems }, notes }: SnapshotLineProps) {
  return (
    <>
      {counted(keys, 'KMS key')} and {counted(secrets, 'secret')}, as AWS listed them{' '}
      <Instant at={completedAt} as="age" />
      {problems > 0 && `; ${counted(problems, 'resource')} could not be read in full`}
      {notes.map((note) => `; ${note}`)}
    </>
  )
}
