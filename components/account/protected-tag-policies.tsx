'use client'
import { useCollection } from '@cloudscape-design/collection-hooks'
import Box from '@cloudscape-design/components/box'
import Pagination from '@cloudscape-design/components/pagination'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import type { ReactNode } from 'react'
import { counted } from '#components/ui/counted.ts'
import { protectedTagPolicies } from '#lib/protected-tag-policies.ts'
import type { ProtectedTagPolicy } from '#lib/protected-tags.ts'

const ROWS_PER_PAGE = 10

const types: Record<ProtectedTagPolicy['type'], string> = { key: 'KMS keys', secret: 'Secrets' }
const effects: Record<ProtectedTagPolicy['effect'], string> = {
  breaks: 'can break without it',
  opens: 'may do more without it',
}

const columns: TableProps.ColumnDefinition<ProtectedTagPolicy>[] = [
  {
    id: 'tagKey',
    header: 'Tag key',
    isRowHeader: true,
    cell: ({ tagKey, values, beside }) => (
      <>
        <Box variant="code">{tagKey}</Box>
        {values && <Small>with the value {values.join(' or ')}</Small>}
        {beside && <Small>beside {beside.join(' and ')}</Small>}
      </>
    ),
  },
  { id: 'type', header: 'On', width: 110, cell: ({ type }) => types[type] },
  {
    id: 'feature',
    header: 'What happens',
    cell: ({ feature, effect }) => (
      <>
        {feature}
        <Small>{effects[effect]}</Small>
      </>
    ),
  },
  {
    id: 'policies',
    header: 'Because of the AWS managed policies',
    cell: ({ policies }) =>
      policies.map((policy) => (
        <div key={policy} className="untag-break">
          {policy}
        </div>
      )),
  },
]

function Small({ children }: { children: ReactNode }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      {children}
    </Box>
  )
}

/** The tags that AWS managed policies ask for, to be searched by tag key, feature and policy. */
export function ProtectedTagPolicies() {
  const { items, filterProps, paginationProps, filteredItemsCount, collectionProps } = useCollection(
    protectedTagPolicies,
    {
      filtering: {
        filteringFunction: ({ tagKey, feature, policies }, text) =>
          [tagKey, feature, ...policies].some((word) => word.toLowerCase().includes(text.toLowerCase())),
        noMatch: 'No such tag is built in.',
      },
      pagination: { pageSize: ROWS_PER_PAGE },
    },
  )
  return (
    <Table
      {...collectionProps}
      variant="embedded"
      items={items}
      trackBy={({ tagKey, type, effect, feature, beside = [] }) => [tagKey, type, effect, feature, ...beside].join()}
      columnDefinitions={columns}
      wrapLines
      contentDensity="compact"
      cellVerticalAlign="top"
      ariaLabels={{ tableLabel: 'Tags that AWS managed policies ask for' }}
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder="Find by tag key, feature or policy"
          filteringAriaLabel="Find by tag key, feature or policy"
          filteringClearAriaLabel="Clear the text"
          countText={counted(filteredItemsCount ?? 0, 'match', 'matches')}
        />
      }
      pagination={<Pagination {...paginationProps} />}
    />
  )
}
