'use client'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ItemsEmpty } from '#components/removals/items-empty.tsx'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { AffectedCell, AffectedPrincipal } from '#lib/impact-review.ts'
import type { ImpactProps } from './actions.ts'
import { AFFECTED_PER_PAGE } from './affected-filter.ts'
import { AffectedFilters } from './affected-filters.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { EffectLegend } from './effect-count.tsx'
import { effectsShown } from './effects.ts'
import { LookUpButton, LookUpNotes, useAskForUse } from './look-up-use.tsx'
import { actionGroups, matrixColumns, matrixDisplay } from './matrix-columns.tsx'
import { affectedKey, affectedQuery } from './queries.ts'
import { useAffectedFilter } from './use-affected-filter.ts'

/** Everybody for whom the plan changes anything, against the actions that change; a cell opens why. */
export function AffectedMatrix(props: ImpactProps) {
  const { filter, ...state } = useAffectedFilter()
  const { data, error, isPlaceholderData, refetch } = useQuery(affectedQuery(props.actions.listAffected, props, filter))
  const [opened, setOpened] = useState<{ principal: AffectedPrincipal; cell: AffectedCell } | null>(null)
  const asking = useAskForUse(props, props.actions.lookUpUse, affectedKey(props))
  const lookUp = data?.useLookUp ?? null
  const actions = data?.actions ?? []
  const isFiltered = filter.show !== 'all' || filter.text !== '' || filter.unusedDays !== null
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="Who is affected could not be read" error={error} retry={refetch} />}
      {(asking.error || lookUp) && <LookUpNotes asking={asking} lookUp={lookUp} />}
      <Table
        items={data?.rows ?? []}
        trackBy={({ ordinal }) => String(ordinal)}
        columnDefinitions={matrixColumns(actions, (principal, cell) => setOpened({ principal, cell }))}
        groupDefinitions={actionGroups}
        columnDisplay={matrixDisplay(actions)}
        stickyColumns={{ first: 1 }}
        enableKeyboardNavigation
        loading={(data === undefined && error === null) || isPlaceholderData}
        loadingText="Reading who is affected"
        ariaLabels={{ tableLabel: 'Principals and the actions that change for them, counted in resources' }}
        header={
          <Header
            variant="h2"
            counter={data ? `(${figure(data.matched)})` : ''}
            description="Each figure is a number of resources. Choose one to see which, and why."
            actions={actions.length > 0 && <LookUpButton asking={asking} lookUp={lookUp} />}
          >
            Who is affected
          </Header>
        }
        filter={<AffectedFilters filter={filter} state={state} page={data} />}
        pagination={
          <Pagination
            currentPageIndex={filter.page}
            pagesCount={Math.max(1, Math.ceil((data?.matched ?? 0) / AFFECTED_PER_PAGE))}
            disabled={data === undefined}
            ariaLabels={{ paginationLabel: 'Pages of principals', pageLabel: (page) => `Page ${page} of principals` }}
            onChange={({ detail }) => state.setFilter({ page: detail.currentPageIndex })}
          />
        }
        footer={actions.length > 0 && <EffectLegend effects={effectsShown} />}
        empty={
          <ItemsEmpty
            nothing="Nobody's access changes in the layers that were read."
            filtered={isFiltered}
            beyond={(data?.matched ?? 0) > 0}
            onClear={() => state.setFilter({ show: 'all', text: '', unusedDays: null })}
          />
        }
      />
      {opened && <ChangeDialog {...props} {...opened} onClose={() => setOpened(null)} />}
    </SpaceBetween>
  )
}
