'use client'
import { useCollection } from '@cloudscape-design/collection-hooks'
import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import Toggle from '@cloudscape-design/components/toggle'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ChooseTags } from '#components/choosing/choose-tags.tsx'
import { filterForTag } from '#components/resources/actions.ts'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { useHydrated } from '#components/ui/hydrated.ts'
import { read } from '#components/ui/read.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { TagKeyRow } from '#lib/inventory/facets.ts'
import { paths } from '#lib/paths.ts'
import type { TagsActions } from './actions.ts'
import { tagKeyColumns } from './columns.tsx'

const KEYS_PER_PAGE = 50
// What the server put into the page need not be asked for again at once.
const FRESH_MS = 10_000

interface TagKeysProps {
  actions: TagsActions
  /** As the server found them when it made the page. */
  initial: TagKeyRow[]
  /** How many resources the snapshot holds; null before the first scan. */
  resources: number | null
}

/** Every tag key in use: how often, with which values, and which others are probably the same word. */
export function TagKeys({ actions, initial, resources }: TagKeysProps) {
  const found = useQuery({
    queryKey: ['tag-keys'],
    queryFn: () => read(actions.listTagKeys, {}),
    initialData: initial,
    staleTime: FRESH_MS,
  })
  const hydrated = useHydrated()
  const [onlyVariants, setOnlyVariants] = useState(false)
  const [removing, setRemoving] = useState<string>()
  const rows = useMemo(
    () => (onlyVariants ? besideEachOther(found.data.filter(({ variants }) => variants.length > 0)) : found.data),
    [found.data, onlyVariants],
  )
  const columns = useMemo(() => tagKeyColumns({ resources: resources ?? 0, onRemove: setRemoving }), [resources])
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    filtering: {
      empty: <Empty scanned={resources !== null} onlyVariants={onlyVariants} />,
      noMatch: <Box textAlign="center">No tag key or value contains this text</Box>,
      filteringFunction: ({ key, topValues }, text) =>
        [key, ...topValues.map(({ value }) => value)].some((each) => each.toLowerCase().includes(text.toLowerCase())),
    },
    sorting: {},
    pagination: { pageSize: KEYS_PER_PAGE },
  })
  const strays = found.data.filter(({ variants }) => variants.length > 0).length
  return (
    <>
      <Table
        {...collectionProps}
        variant="full-page"
        stickyHeader={hydrated}
        trackBy="key"
        items={items}
        wrapLines
        columnDefinitions={columns}
        ariaLabels={{ tableLabel: 'Tag keys' }}
        header={
          <SpaceBetween size="s">
            <Header
              variant="awsui-h1-sticky"
              counter={`(${figure(found.data.length)})`}
              description={
                strays > 0
                  ? `${counted(strays, 'tag key is', 'tag keys are')} spelt like others and may be slips; AWS compares tag keys exactly.`
                  : 'Every tag key of the last scan. AWS compares tag keys exactly.'
              }
            >
              Tags
            </Header>
            {found.error && (
              <ErrorNote
                title="The tag keys could not be read again; these are older"
                error={found.error}
                retry={() => void found.refetch()}
              />
            )}
          </SpaceBetween>
        }
        filter={
          <SpaceBetween direction="horizontal" size="l" alignItems="center">
            <TextFilter
              {...filterProps}
              filteringPlaceholder="Find a tag key or value"
              filteringAriaLabel="Find a tag key or value"
              countText={counted(filteredItemsCount ?? 0, 'match', 'matches')}
            />
            <Toggle checked={onlyVariants} onChange={({ detail }) => setOnlyVariants(detail.checked)}>
              Only keys with other spellings
            </Toggle>
          </SpaceBetween>
        }
        pagination={<Pagination {...paginationProps} />}
      />
      {removing !== undefined && (
        <ChooseTags
          actions={actions}
          selection={{ by: 'filter', filter: filterForTag(removing), except: [] }}
          initialKeys={[removing]}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}

/** Keys of one spelling stand together, the most used group first. */
function besideEachOther(rows: TagKeyRow[]): TagKeyRow[] {
  return [...Map.groupBy(rows, ({ spelling }) => spelling).values()].flat()
}

function Empty({ scanned, onlyVariants }: { scanned: boolean; onlyVariants: boolean }) {
  if (scanned) {
    return (
      <Box textAlign="center">
        {onlyVariants ? 'No tag key is spelt like another one' : 'No resource of the last scan has a tag'}
      </Box>
    )
  }
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s">
        <Box variant="strong">Nothing has been scanned yet</Box>
        <SoftLink href={paths.resources()}>Go to the resources and start a scan</SoftLink>
      </SpaceBetween>
    </Box>
  )
}
