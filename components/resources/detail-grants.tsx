import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { ResourceDetail } from '#lib/inventory/detail.ts'

/** The grants of a key: access that hangs neither on its policy nor, mostly, on its tags. */
export function DetailGrants({ grants: { value, problem } }: { grants: NonNullable<ResourceDetail['grants']> }) {
  if (problem) return <ErrorNote title="The grants could not be read" type="warning" error={problem} />
  const { grants = [], more = false } = value ?? {}
  return (
    <Table
      variant="container"
      trackBy="grantId"
      items={grants}
      wrapLines
      contentDensity="compact"
      header={
        <Header variant="h2" counter={more ? `(first ${grants.length})` : `(${grants.length})`}>
          Grants
        </Header>
      }
      ariaLabels={{ tableLabel: 'Grants' }}
      empty="This key has no grants"
      columnDefinitions={[
        {
          id: 'grantee',
          header: 'Grantee principal',
          isRowHeader: true,
          cell: ({ granteePrincipal }) => <span className="untag-break">{granteePrincipal}</span>,
        },
        { id: 'operations', header: 'Operations', cell: ({ operations }) => operations.join(', ') },
      ]}
    />
  )
}
