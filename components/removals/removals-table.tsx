'use client'
import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { RemovalSummary } from '#lib/removal/list-removals.ts'
import type { ListRemovals } from './actions.ts'
import { cameBackText } from './afterwards-words.ts'
import { removalsQuery } from './queries.ts'
import { RemovalStatus } from './removal-status.tsx'
import { StackedBar } from './stacked-bar.tsx'
import { StartedBy } from './started-by.tsx'
import { removalTitle } from './wording.ts'

const titleOf = ({ direction, tags, items }: RemovalSummary) => removalTitle(direction, tags, items)

const columns: TableProps.ColumnDefinition<RemovalSummary>[] = [
  {
    id: 'removal',
    header: 'Removal',
    isRowHeader: true,
    minWidth: 220,
    cell: (removal) => <SoftLink href={paths.removal(removal.id)}>{titleOf(removal)}</SoftLink>,
  },
  { id: 'state', header: 'State', minWidth: 190, cell: (removal) => <RemovalStatus {...removal} /> },
  { id: 'tags', header: 'Tags', minWidth: 220, cell: (removal) => <Tags of={removal} /> },
  {
    id: 'started',
    header: 'Started',
    minWidth: 180,
    cell: ({ startedAt, startedBy }) => (
      <>
        <Instant at={startedAt} />
        <Box variant="small" display="block">
          by <StartedBy arn={startedBy} />
        </Box>
      </>
    ),
  },
]

/** Every removal and put-back, newest first. */
export function RemovalsTable({ initial, listRemovals }: { initial: RemovalSummary[]; listRemovals: ListRemovals }) {
  const { data: removals, error } = useQuery({ ...removalsQuery(listRemovals), initialData: initial })
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="What you see may be out of date" type="warning" error={error} />}
      <Table
        variant="full-page"
        items={removals}
        trackBy="id"
        columnDefinitions={columns}
        wrapLines
        ariaLabels={{ tableLabel: 'Removals' }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={`(${figure(removals.length)})`}
            description="What was removed or put back, with proof. Every removal can be reversed from its page as long as its old values are kept."
          >
            Removals
          </Header>
        }
        empty={<NoRemovals />}
      />
    </SpaceBetween>
  )
}

function Tags({ of: removal }: { of: RemovalSummary }) {
  const { done, attention, cameBack, tags, state } = removal
  const rest = tags - done - attention
  return (
    <>
      <StackedBar
        label={titleOf(removal)}
        parts={[
          { kind: 'done', count: done, label: 'done' },
          { kind: 'attention', count: attention, label: 'need attention' },
          state === 'settled'
            ? { kind: 'stopped', count: rest, label: 'cancelled' }
            : { kind: 'waiting', count: rest, label: 'not settled yet' },
        ]}
      />
      <Box variant="small" display="block">
        {figure(done)} of {figure(tags)} done
        {attention > 0 && `, ${figure(attention)} need attention`}
        {cameBack > 0 && <StatusIndicator type="warning">{cameBackText(cameBack)}</StatusIndicator>}
      </Box>
    </>
  )
}

function NoRemovals() {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="xs">
        <Box variant="strong">Nothing was removed yet</Box>
        <Box color="text-body-secondary">Choose resources and tags; you review everything before anything is sent.</Box>
        <SoftLink href={paths.resources()}>Choose resources</SoftLink>
      </SpaceBetween>
    </Box>
  )
}
