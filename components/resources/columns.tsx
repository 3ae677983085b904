import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { TableProps } from '@cloudscape-design/components/table'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { ResourceRow } from '#lib/inventory/query.ts'
import { paths } from '#lib/paths.ts'
import type { SortField } from '#lib/resources-view.ts'
import { EligibilityText } from './eligibility-text.tsx'
import { managerLabel, stateLabels, typeLabels } from './labels.ts'
import { TagsCell } from './tags-cell.tsx'

interface Column extends TableProps.ColumnDefinition<ResourceRow> {
  id: string
  header: string
  sortingField?: SortField
  /** Shown unless the operator chose otherwise. */
  atFirst: boolean
}

/** Every column of the resources table. `sortingField` is the word of the view, which is sorted in SQL. */
export const columns: Column[] = [
  {
    id: 'name',
    header: 'Name',
    sortingField: 'name',
    isRowHeader: true,
    atFirst: true,
    width: 200,
    minWidth: 120,
    cell: ({ name, arn }) => (
      <SoftLink href={paths.resource(arn)}>
        <bdi>{name}</bdi>
      </SoftLink>
    ),
  },
  {
    id: 'tags',
    header: 'Tags',
    sortingField: 'tags',
    atFirst: true,
    width: 330,
    minWidth: 200,
    hasDynamicContent: true,
    cell: (resource) => <TagsCell resource={resource} />,
  },
  {
    id: 'type',
    header: 'Type',
    sortingField: 'type',
    atFirst: true,
    width: 100,
    cell: ({ type }) => typeLabels[type],
  },
  { id: 'region', header: 'Region', sortingField: 'region', atFirst: true, width: 140, cell: ({ region }) => region },
  {
    id: 'state',
    header: 'State',
    sortingField: 'state',
    atFirst: true,
    width: 130,
    cell: ({ state, deletionAt }) => (
      <StatusIndicator type={stateLabels[state].type}>
        {stateLabels[state].label}
        {deletionAt && (
          <>
            {' '}
            <Instant at={deletionAt} as="day" />
          </>
        )}
      </StatusIndicator>
    ),
  },
  {
    id: 'removable',
    header: 'Tags removable',
    atFirst: true,
    width: 175,
    cell: ({ ineligible }) => <EligibilityText ineligible={ineligible} />,
  },
  {
    id: 'manager',
    header: 'Manager',
    sortingField: 'manager',
    atFirst: false,
    width: 130,
    cell: ({ manager }) => managerLabel(manager),
  },
  {
    id: 'created',
    header: 'Created',
    sortingField: 'created',
    atFirst: false,
    width: 170,
    cell: ({ createdAt }) => (createdAt ? <Instant at={createdAt} /> : '–'),
  },
  {
    id: 'aliases',
    header: 'Aliases',
    atFirst: false,
    width: 180,
    cell: ({ aliases }) => (aliases.length === 0 ? '–' : aliases.join(', ')),
  },
  {
    id: 'description',
    header: 'Description',
    atFirst: false,
    width: 220,
    cell: ({ description }) => description || '–',
  },
  {
    id: 'arn',
    header: 'ARN',
    atFirst: false,
    width: 420,
    cell: ({ arn }) => <Box variant="code">{arn}</Box>,
  },
]
