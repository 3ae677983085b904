'use client'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import Tabs from '@cloudscape-design/components/tabs'
import { useQuery } from '@tanstack/react-query'
import { KeyAndValue } from '#components/removals/item-tags.tsx'
import { ItemsEmpty } from '#components/removals/items-empty.tsx'
import { ItemsFilter } from '#components/removals/items-filter.tsx'
import { ItemsPages } from '#components/removals/items-pages.tsx'
import { ResourceName } from '#components/removals/resource-name.tsx'
import { type ItemsViewState, useItemsView } from '#components/removals/use-items-view.ts'
import { directionWords } from '#components/removals/wording.ts'
import { AddressProblems } from '#components/ui/address-problems.tsx'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { planItemsQuery } from './queries.ts'
import { SkipReasons } from './skip-reasons.tsx'

const shows = ['included', 'skipped'] as const
type Show = (typeof shows)[number]

const resource: TableProps.ColumnDefinition<PlanItem> = {
  id: 'resource',
  header: 'Resource',
  isRowHeader: true,
  width: '40%',
  cell: (item) => <ResourceName of={item} />,
}
const columnsOf = (plan: Plan): Record<Show, TableProps.ColumnDefinition<PlanItem>[]> => ({
  included: [
    resource,
    {
      id: 'tags',
      header:
        plan.direction === 'remove'
          ? 'Tags to remove, with their current values'
          : 'Tags to put back, with their stored values',
      cell: ({ tags, problem }) => (
        <>
          {tags.map((tag) => (
            <KeyAndValue key={tag.key} tag={tag} />
          ))}
          {problem && <Prose text={problem.message} />}
        </>
      ),
    },
  ],
  skipped: [
    resource,
    {
      id: 'reason',
      header: 'Why it is left out',
      cell: ({ sentence, problem }) => <Prose text={[sentence, problem?.message].filter(Boolean).join(': ')} />,
    },
  ],
})

interface PlanItemsProps {
  plan: Plan
  listItems: PlanActions['listItems']
}

/** Resource by resource what will be changed, and what is left out and why. */
export function PlanItems({ plan, listItems }: PlanItemsProps) {
  const { problems, ...state } = useItemsView<Show>(shows)
  const { view, setView } = state
  const { totals, direction } = plan
  const list = <ItemsTable key={view.show} plan={plan} listItems={listItems} state={state} />
  return (
    <SpaceBetween size="s">
      {problems.length > 0 && <AddressProblems problems={problems} />}
      <Tabs
        ariaLabel="What the plan holds"
        activeTabId={view.show}
        onChange={({ detail }) => setView({ show: detail.activeTabId as Show, text: '' })}
        tabs={[
          {
            id: 'included',
            label: `To ${directionWords[direction].review} (${figure(totals.resources)})`,
            content: list,
          },
          { id: 'skipped', label: `Left out (${figure(totals.skipped)})`, content: list },
        ]}
      />
    </SpaceBetween>
  )
}

interface ItemsTableProps extends PlanItemsProps {
  state: ItemsViewState<Show>
}

function ItemsTable({ plan, listItems, state }: ItemsTableProps) {
  const { view, setView } = state
  const { data, error, isPlaceholderData, refetch } = useQuery(planItemsQuery(listItems, plan.id, view))
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="This list could not be read" error={error} retry={refetch} />}
      {view.show === 'skipped' && <SkipReasons skipped={plan.skipped} />}
      <Table
        items={data?.rows ?? []}
        trackBy="arn"
        columnDefinitions={columnsOf(plan)[view.show]}
        cellVerticalAlign="top"
        wrapLines
        loading={(data === undefined && error === null) || isPlaceholderData}
        loadingText="Reading the plan"
        ariaLabels={{ tableLabel: view.show === 'included' ? 'Resources and tags of this plan' : 'Resources left out' }}
        header={<Header variant="h2">{view.show === 'included' ? 'Resource by resource' : 'Left out'}</Header>}
        filter={
          <ItemsFilter
            typed={state.typed}
            matched={data?.matched}
            onType={state.setTyped}
            onFind={(text) => setView({ text })}
          />
        }
        pagination={<ItemsPages page={view.page} matched={data?.matched} onChange={(page) => setView({ page })} />}
        empty={
          <ItemsEmpty
            nothing={view.show === 'included' ? 'This plan changes nothing.' : 'Nothing is left out.'}
            filtered={view.text !== ''}
            beyond={(data?.matched ?? 0) > 0}
            onClear={() => setView({ text: '' })}
          />
        }
      />
    </SpaceBetween>
  )
}
