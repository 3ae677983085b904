'use client'
import Pagination from '@cloudscape-design/components/pagination'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useHydrated } from '#components/ui/hydrated.ts'
import type { ResourceRow } from '#lib/inventory/query.ts'
import { type ResourcesView, sortFields } from '#lib/resources-view.ts'
import { type Chosen, chooseOnPage, isChosen } from './chosen.ts'
import { columns } from './columns.tsx'
import { ResourcesPreferences, useTablePreferences } from './table-preferences.tsx'

const ariaLabels: TableProps.AriaLabels<ResourceRow> = {
  tableLabel: 'Resources',
  selectionGroupLabel: 'Choose resources',
  allItemsSelectionLabel: () => 'Choose all resources of this page',
  itemSelectionLabel: (_, { name, region }) => `Choose ${name} in ${region}`,
}

interface ResourcesTableProps {
  rows: ResourceRow[]
  matched: number
  loading: boolean
  view: ResourcesView
  setView: (change: Partial<ResourcesView>) => void
  chosen: Chosen
  setChosen: (chosen: Chosen) => void
  header: ReactNode
  filter: ReactNode
  empty: ReactNode
}

/** One page of the snapshot. Filter, order and paging are the server's work; the choice goes over all pages. */
export function ResourcesTable(props: ResourcesTableProps) {
  const { rows, matched, loading, view, setView, chosen, setChosen, header, filter, empty } = props
  // Rendered by the server, a sticky header stands there twice and moves the rows when the page comes to life.
  const hydrated = useHydrated()
  const [preferences, setPreferences] = useTablePreferences()
  const sort = (field: string | undefined, isDescending: boolean | undefined) => {
    const known = sortFields.find((each) => each === field)
    if (known) setView({ sort: known, descending: isDescending ?? false })
  }
  return (
    <Table
      variant="full-page"
      stickyHeader={hydrated}
      trackBy="arn"
      items={rows}
      columnDefinitions={columns}
      columnDisplay={preferences.contentDisplay}
      contentDensity={preferences.contentDensity}
      wrapLines={preferences.wrapLines}
      resizableColumns
      enableKeyboardNavigation
      loading={loading}
      loadingText="Loading resources"
      sortingColumn={{ sortingField: view.sort }}
      sortingDescending={view.descending}
      onSortingChange={({ detail }) => sort(detail.sortingColumn.sortingField, detail.isDescending)}
      selectionType="multi"
      selectedItems={rows.filter(({ arn }) => isChosen(chosen, arn))}
      onSelectionChange={({ detail }) => setChosen(chooseOnPage(chosen, arnsOf(rows), arnsOf(detail.selectedItems)))}
      totalItemsCount={matched}
      firstIndex={(view.page - 1) * view.size + 1}
      renderAriaLive={({ firstIndex, lastIndex, totalItemsCount }) =>
        `Resources ${firstIndex} to ${lastIndex} of ${totalItemsCount}`
      }
      ariaLabels={ariaLabels}
      header={header}
      filter={filter}
      empty={empty}
      pagination={
        <Pagination
          currentPageIndex={view.page}
          pagesCount={Math.max(1, Math.ceil(matched / view.size))}
          onChange={({ detail }) => setView({ page: detail.currentPageIndex })}
        />
      }
      preferences={
        <ResourcesPreferences
          preferences={preferences}
          onChange={setPreferences}
          size={view.size}
          onSize={(size) => setView({ size })}
        />
      }
    />
  )
}

const arnsOf = (rows: readonly ResourceRow[]) => rows.map(({ arn }) => arn)
