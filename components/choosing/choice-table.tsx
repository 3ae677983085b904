'use client'
import { useCollection } from '@cloudscape-design/collection-hooks'
import Box from '@cloudscape-design/components/box'
import Pagination from '@cloudscape-design/components/pagination'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { counted, figure } from '#components/ui/counted.ts'
import { TagText } from '#components/ui/tag-text.tsx'
import { visibleText } from '#components/ui/visible-text.ts'
import { type Choices, chooseKeys, limitTo, type SelectionTag } from './choices.ts'
import { TopValues } from './top-values.tsx'
import { ValueLimit } from './value-limit.tsx'

const KEYS_PER_PAGE = 20

interface ChoiceTableProps {
  tags: readonly SelectionTag[]
  /** How many resources are selected. */
  selected: number
  loading: boolean
  choices: Choices
  setChoices: (choices: Choices) => void
}

/** Every tag key that the selected resources carry: on how many, with which values, and where it shall be removed. */
export function ChoiceTable({ tags, selected, loading, choices, setChoices }: ChoiceTableProps) {
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(tags, {
    filtering: {
      empty: <Box textAlign="center">None of these resources has a tag that could be read</Box>,
      noMatch: <Box textAlign="center">No tag key or value contains this text</Box>,
      filteringFunction: ({ key, values }, text) =>
        [key, ...values.map(({ value }) => value)].some((each) => each.toLowerCase().includes(text.toLowerCase())),
    },
    sorting: {},
    pagination: { pageSize: KEYS_PER_PAGE },
  })
  const ticked = tags.filter(({ key }) => choices.has(key))
  const tick = (shown: readonly SelectionTag[]) => {
    const elsewhere = ticked.filter((tag) => !items.includes(tag))
    const here = shown.filter((tag) => items.includes(tag))
    setChoices(
      chooseKeys(
        choices,
        [...elsewhere, ...here].map(({ key }) => key),
      ),
    )
  }
  return (
    <Table
      {...collectionProps}
      variant="embedded"
      trackBy="key"
      items={items}
      loading={loading}
      loadingText="Counting the tags of these resources"
      contentDensity="compact"
      wrapLines
      selectionType="multi"
      selectedItems={ticked}
      onSelectionChange={({ detail }) => tick(detail.selectedItems)}
      isItemDisabled={({ reserved }) => reserved}
      ariaLabels={{
        tableLabel: 'Tag keys of the selected resources',
        selectionGroupLabel: 'Choose tag keys',
        allItemsSelectionLabel: () => 'Choose all tag keys of this page',
        itemSelectionLabel: (_, { key }) => `Choose tag key ${visibleText(key)}`,
      }}
      filter={
        tags.length > 5 && (
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find a tag key or value"
            filteringAriaLabel="Find a tag key or value"
            countText={counted(filteredItemsCount ?? 0, 'match', 'matches')}
          />
        )
      }
      pagination={tags.length > KEYS_PER_PAGE && <Pagination {...paginationProps} />}
      columnDefinitions={[
        {
          id: 'key',
          header: 'Tag key',
          sortingField: 'key',
          isRowHeader: true,
          width: 260,
          cell: (tag) => <KeyCell tag={tag} />,
        },
        {
          id: 'resources',
          header: 'On',
          sortingField: 'resources',
          width: 120,
          cell: ({ resources }) => `${figure(resources)} of ${figure(selected)}`,
        },
        {
          id: 'values',
          header: 'Values',
          width: 320,
          cell: (tag) => <TopValues values={tag.values} distinct={tag.distinctValues} />,
        },
        {
          id: 'limit',
          header: 'Remove where the value is',
          minWidth: 260,
          cell: (tag) => (
            <ValueLimit
              tag={tag}
              values={choices.get(tag.key)}
              onChange={(values) => setChoices(limitTo(choices, tag.key, values))}
            />
          ),
        },
      ]}
    />
  )
}

function KeyCell({ tag: { key, reserved, sensitive } }: { tag: SelectionTag }) {
  return (
    <>
      <TagText text={key} />
      {reserved && (
        <Box variant="small" display="block">
          Belongs to AWS; nobody can remove it
        </Box>
      )}
      {sensitive && !reserved && (
        <div>
          <StatusIndicator type="warning">Looks sensitive</StatusIndicator>
          <Box variant="small" display="block">
            Removing it writes this tag key to CloudTrail.
          </Box>
        </div>
      )}
    </>
  )
}
