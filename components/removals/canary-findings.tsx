'use client'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { counted } from '#components/ui/counted.ts'
import { Prose } from '#components/ui/prose.tsx'
import { checkResults } from '#lib/canary.ts'
import type { CanaryFinding } from '#lib/removal/canary/read.ts'

const columns: TableProps.ColumnDefinition<CanaryFinding>[] = [
  { id: 'action', header: 'Tried', isRowHeader: true, minWidth: 220, cell: ({ action }) => <code>{action}</code> },
  {
    id: 'result',
    header: 'What came of it',
    minWidth: 260,
    cell: ({ result }) => (
      <StatusIndicator type={checkResults[result].type}>{checkResults[result].label}</StatusIndicator>
    ),
  },
  { id: 'on', header: 'On', minWidth: 260, cell: (finding) => <On finding={finding} /> },
]

/** What you could do with these resources before and after, by calls that change nothing. */
export function CanaryFindings({ findings }: { findings: readonly CanaryFinding[] }) {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={findings}
      trackBy={({ action, result }) => `${action} ${result}`}
      columnDefinitions={columns}
      header={<Header variant="h3">What you may do with the resources that went first</Header>}
      ariaLabels={{ tableLabel: 'What you may do with the resources that went first' }}
    />
  )
}

function On({ finding: { result, resources, named } }: { finding: CanaryFinding }) {
  const isQuiet = result === 'holds' || result === 'neverPermitted'
  if (isQuiet) return counted(resources, 'resource')
  return (
    <ul className="untag-tight-list">
      {named.map(({ arn, name, message }) => (
        <li key={arn} title={arn} className="untag-break">
          {name}
          {message !== null && (
            <>
              : <Prose text={message} />
            </>
          )}
        </li>
      ))}
      {resources > named.length && <li>{`and ${counted(resources - named.length, 'more', 'more')}`}</li>}
    </ul>
  )
}
