'use client'
import Badge from '@cloudscape-design/components/badge'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { outcomeRow } from '#lib/outcome.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { ItemTags } from './item-tags.tsx'
import { ItemsEmpty } from './items-empty.tsx'
import { ItemsFilter } from './items-filter.tsx'
import { ItemsPages } from './items-pages.tsx'
import { OutcomeFilter } from './outcome-filter.tsx'
import { isMoving, removalItemsQuery, type ShownOutcome } from './queries.ts'
import styles from './removal-items.module.css'
import { ResourceName } from './resource-name.tsx'
import type { ItemsViewState } from './use-items-view.ts'

const columnsOf = ({ oldValues }: Removal): TableProps.ColumnDefinition<RemovalItem>[] => [
  {
    id: 'resource',
    header: 'Resource',
    isRowHeader: true,
    width: '26%',
    cell: (item) => (
      <>
        <ResourceName of={item} />
        {item.wentFirst && <Badge color="blue">{item.sentAt === null ? 'Canary' : 'Canary: went first'}</Badge>}
      </>
    ),
  },
  {
    id: 'tags',
    header: 'Tags: value at the review, and what became of it',
    width: '58%',
    cell: ({ tags }) => <ItemTags tags={tags} purgedAt={oldValues.purgedAt} />,
  },
  { id: 'state', header: 'State', width: '16%', cell: (item) => <ItemStateCell item={item} /> },
]

interface RemovalItemsProps {
  removal: Removal
  listItems: RemovalActions['listItems']
  state: ItemsViewState<ShownOutcome>
  chosen: RemovalItem[]
  onChoose: (items: RemovalItem[]) => void
}

/** Every item of a removal with the outcome of each of its tags; items that can be reversed can be chosen. */
export function RemovalItems({ removal, listItems, state, chosen, onChoose }: RemovalItemsProps) {
  const { view, setView } = state
  const { data, error, isPlaceholderData, refetch } = useQuery(removalItemsQuery(listItems, removal, view))
  const moves = isMoving(removal)
  const movedBefore = useRef(moves)
  useEffect(() => {
    // What was read last may be from before the last change.
    if (movedBefore.current && !moves) void refetch()
    movedBefore.current = moves
  }, [moves, refetch])
  const canChoose = removal.moves.some(({ move, disabledReason }) => move === 'putBack' && disabledReason === null)
  const rows = data?.rows ?? []
  const selection: Partial<TableProps<RemovalItem>> = {
    selectionType: 'multi',
    selectedItems: chosen,
    isItemDisabled: (item) => !isReversible(item),
    onSelectionChange: ({ detail }) => onChoose([...elsewhere(chosen, rows), ...detail.selectedItems]),
  }
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="The items could not be read" type="warning" error={error} retry={refetch} />}
      <Table
        items={rows}
        trackBy={({ id }) => String(id)}
        columnDefinitions={columnsOf(removal)}
        cellVerticalAlign="top"
        wrapLines
        loading={(data === undefined && error === null) || isPlaceholderData}
        loadingText="Reading the items"
        {...(canChoose ? selection : {})}
        ariaLabels={{
          tableLabel: 'Items of this removal',
          selectionGroupLabel: 'Choose items to reverse',
          allItemsSelectionLabel: () => 'Choose every item of this page that can be reversed',
          itemSelectionLabel: (_, { name, region }) => `Choose ${name} in ${region}`,
        }}
        header={
          <Header
            variant="h2"
            counter={
              chosen.length > 0
                ? `(${figure(chosen.length)} of ${figure(removal.items.total)} chosen)`
                : `(${figure(removal.items.total)})`
            }
          >
            Resources
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
            <OutcomeFilter
              counts={removal.tags.byOutcome}
              cameBack={removal.cameBack}
              show={view.show}
              onChange={(show) => setView({ show })}
            />
          </div>
        }
        pagination={<ItemsPages page={view.page} matched={data?.matched} onChange={(page) => setView({ page })} />}
        empty={
          <ItemsEmpty
            nothing="This removal has no items."
            filtered={view.text !== '' || view.show !== 'all'}
            beyond={(data?.matched ?? 0) > 0}
            onClear={() => setView({ text: '', show: 'all' })}
          />
        }
      />
    </SpaceBetween>
  )
}

const isReversible = ({ tags }: RemovalItem) => tags.some(({ outcome }) => outcomeRow(outcome).reversible)

/** Of the chosen ones, those of other pages and filters: the table only reports what it shows. */
function elsewhere(chosen: RemovalItem[], shown: RemovalItem[]): RemovalItem[] {
  const here = new Set(shown.map(({ id }) => id))
  return chosen.filter(({ id }) => !here.has(id))
}

const waiting = {
  pending: 'waiting for its turn',
  claimed: 'being sent',
  proving: 'being read back',
  settled: 'settled',
} as const satisfies Record<RemovalItem['state'], string>

function ItemStateCell({ item: { state, settledAt, attempts } }: { item: RemovalItem }) {
  return (
    <>
      {settledAt === null ? waiting[state] : <Instant at={settledAt} />}
      {attempts > 1 && <div>{counted(attempts, 'attempt')}</div>}
    </>
  )
}
