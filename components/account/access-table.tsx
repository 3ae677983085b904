'use client'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { Prose } from '#components/ui/prose.tsx'
import type { AccessRow } from './access-rows.ts'

const signs: Record<AccessRow['state'], { type: StatusIndicatorProps.Type; text: string }> = {
  works: { type: 'success', text: 'Works' },
  denied: { type: 'error', text: 'Denied' },
  notTried: { type: 'info', text: 'Not tried' },
  failed: { type: 'warning', text: 'No answer' },
  trying: { type: 'loading', text: 'Asking' },
}

const columns: TableProps.ColumnDefinition<AccessRow>[] = [
  {
    id: 'state',
    header: 'State',
    width: 130,
    cell: ({ state }) => <StatusIndicator type={signs[state].type}>{signs[state].text}</StatusIndicator>,
  },
  { id: 'actions', header: 'Permission', isRowHeader: true, width: 290, cell: (row) => <Actions row={row} /> },
  {
    id: 'goodFor',
    header: 'Good for',
    cell: ({ goodFor, note }) => (
      <>
        {goodFor}
        {note && (
          <Box variant="small" display="block" color="text-body-secondary">
            <Prose text={note} />
          </Box>
        )}
      </>
    ),
  },
]

function Actions({ row: { actions, goodFor } }: { row: AccessRow }) {
  const [first, ...others] = actions
  if (others.length === 0) return <Box variant="code">{first}</Box>
  return (
    <ExpandableSection
      variant="inline"
      headerText={<Box variant="code">{first}</Box>}
      headerDescription={`and ${others.length} more`}
      headerAriaLabel={`${first} and ${others.length} more, for: ${goodFor}`}
    >
      {others.map((action) => (
        <Box key={action} variant="code" display="block">
          {action}
        </Box>
      ))}
    </ExpandableSection>
  )
}

/** What one purpose needs, one row a permission or a set of them. */
export function AccessTable({ title, rows }: { title: string; rows: readonly AccessRow[] }) {
  return (
    <Table
      variant="embedded"
      trackBy="id"
      items={rows}
      wrapLines
      contentDensity="compact"
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: `Permissions: ${title}` }}
    />
  )
}
