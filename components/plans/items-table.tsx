'use client'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { ItemsEmpty } from '#components/removals/items-empty.tsx'
import { ItemsFilter } from '#components/removals/items-filter.tsx'
import { ItemsPages } from '#components/removals/items-pages.tsx'
import styles from '#components/removals/removal-items.module.css'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { DropButtons } from './drop-buttons.tsx'
import { ImpactFilter } from './impact-filter.tsx'
import { columnsOf } from './item-columns.tsx'
import type { Show } from './plan-view.ts'
import { planItemsQuery } from './queries.ts'
import { SkipReasons } from './skip-reasons.tsx'
import type { Dropping } from './use-drop.ts'
import type { PlanViewState } from './use-plan-view.ts'

const words: Record<Show, { label: string; title: string; nothing: string }> = {
  included: {
    label: 'Resources and tags of this plan',
    title: 'Resource by resource',
    nothing: 'This plan changes nothing.',
  },
  skipped: { label: 'Resources left out', title: 'Left out', nothing: 'Nothing is left out.' },
}

export interface ItemsTableProps {
  plan: Plan
  impact: ImpactReview
  listItems: PlanActions['listItems']
  state: PlanViewState
  dropping: Dropping
  locked: boolean
  onOpen: (item: PlanItem) => void
}

/** One page of what a plan would change, the worst first, or of what it leaves out. */
export function ItemsTable(props: ItemsTableProps) {
  const { plan, impact, listItems, state, dropping, locked } = props
  const { view, setView } = state
  const { label, title, nothing } = words[view.show]
  const isIncluded = view.show === 'included'
  const { data, error, isPlaceholderData, refetch } = useQuery(planItemsQuery(listItems, plan, impact, view))
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="This list could not be read" error={error} retry={refetch} />}
      {!isIncluded && <SkipReasons skipped={plan.skipped} />}
      <Table
        items={data?.rows ?? []}
        trackBy="arn"
        columnDefinitions={columnsOf(props)[view.show]}
        cellVerticalAlign="top"
        wrapLines
        loading={(data === undefined && error === null) || isPlaceholderData}
        loadingText="Reading the plan"
        ariaLabels={{ tableLabel: label }}
        header={
          <Header
            variant="h2"
            actions={
              isIncluded &&
              plan.removalId === null && <DropButtons impact={impact} view={view} dropping={dropping} locked={locked} />
            }
          >
            {title}
          </Header>
        }
        filter={
          <div className={styles.filters}>
            <ItemsFilter
              typed={state.typed}
              matched={data?.matched}
              onType={state.setTyped}
              onFind={(text) => setView({ text })}
            />
            {isIncluded && <ImpactFilter impact={impact} direction={plan.direction} view={view} onChange={setView} />}
          </div>
        }
        pagination={<ItemsPages page={view.page} matched={data?.matched} onChange={(page) => setView({ page })} />}
        empty={
          <ItemsEmpty
            nothing={nothing}
            filtered={view.text !== '' || view.verdict !== null || view.sign !== null}
            beyond={(data?.matched ?? 0) > 0}
            onClear={() => setView({ text: '', verdict: null, sign: null })}
          />
        }
      />
    </SpaceBetween>
  )
}
