'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { ChooseTags } from '#components/choosing/choose-tags.tsx'
import { AddressProblems } from '#components/ui/address-problems.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { type Filter, noFilter } from '#lib/filter.ts'
import type { ResourceRow } from '#lib/inventory/query.ts'
import type { Selection } from '#lib/selection.ts'
import type { ResourcesActions } from './actions.ts'
import { nothingChosen, selectionOf, underFilter } from './chosen.ts'
import { wantedTagKeys } from './filter-query.ts'
import { FirstScan } from './first-scan.tsx'
import { facetsQuery, inventoryQuery, resourcesQuery } from './queries.ts'
import { ResourcesFilter } from './resources-filter.tsx'
import { ResourcesHeader } from './resources-header.tsx'
import { ResourcesTable } from './resources-table.tsx'
import { ScanPanel } from './scan-panel.tsx'
import { TagsOfTableContext } from './tags-cell.tsx'
import { useResourcesView } from './use-resources-view.ts'
import { useScan } from './use-scan.ts'

interface Choosing {
  selection: Selection
  keys: string[]
}

/** The page on which resources are found and chosen. */
export function Resources({ actions, account }: { actions: ResourcesActions; account: string }) {
  const { view, problems, setView } = useResourcesView()
  const inventory = useQuery(inventoryQuery(actions))
  const snapshotId = inventory.data?.snapshot?.id
  const page = useQuery(resourcesQuery(actions, snapshotId, view))
  const facets = useQuery(facetsQuery(actions, snapshotId))
  const scan = useScan(actions, inventory.data)
  const [lastChosen, setChosen] = useState(nothingChosen)
  const chosen = underFilter(lastChosen, view.filter)
  const [choosing, setChoosing] = useState<Choosing>()
  const setFilter = useCallback((filter: Filter) => setView({ filter }), [setView])
  const tagsOfTable = useMemo(
    () => ({
      isWanted: wantedTagKeys(view.filter),
      onRemove: ({ arn }: ResourceRow, tagKey: string) =>
        setChoosing({ selection: { by: 'arns', arns: [arn] }, keys: [tagKey] }),
    }),
    [view.filter],
  )
  const matched = page.data?.matched ?? 0

  if (!inventory.data) {
    return (
      <ContentLayout header={<Header variant="h1">Resources</Header>}>
        {inventory.error && (
          <ErrorNote
            title="The inventory could not be read"
            error={inventory.error}
            retry={() => void inventory.refetch()}
          />
        )}
      </ContentLayout>
    )
  }
  if (!inventory.data.snapshot) {
    return (
      <ContentLayout header={<Header variant="h1">Resources</Header>}>
        <SpaceBetween size="l">
          <ScanPanel inventory={inventory.data} scan={scan} />
          {!scan.isRunning && <FirstScan actions={actions} scan={scan} account={account} />}
        </SpaceBetween>
      </ContentLayout>
    )
  }
  return (
    <SpaceBetween size="m">
      {problems.length > 0 && <AddressProblems problems={problems} />}
      <ScanPanel inventory={inventory.data} scan={scan} />
      {page.error && (
        <ErrorNote title="The resources could not be read" error={page.error} retry={() => void page.refetch()} />
      )}
      <TagsOfTableContext value={tagsOfTable}>
        <ResourcesTable
          rows={page.data?.rows ?? []}
          matched={matched}
          loading={page.isPending || page.isPlaceholderData}
          view={view}
          setView={setView}
          chosen={chosen}
          setChosen={setChosen}
          header={
            <ResourcesHeader
              actions={actions}
              inventory={inventory.data}
              scan={scan}
              view={view}
              setView={setView}
              hasAwsManaged={facets.data?.managers.includes('AWS') ?? false}
              matched={matched}
              chosen={chosen}
              setChosen={setChosen}
              onRemoveTags={() => setChoosing({ selection: selectionOf(chosen), keys: [] })}
            />
          }
          filter={
            <ResourcesFilter
              actions={actions}
              snapshotId={snapshotId}
              facets={facets.data}
              filter={view.filter}
              onChange={setFilter}
              matched={page.data?.matched}
            />
          }
          empty={<NothingFound filtered={view.filter.tokens.length > 0} onClear={() => setFilter(noFilter)} />}
        />
      </TagsOfTableContext>
      {choosing && (
        <ChooseTags
          actions={actions}
          selection={choosing.selection}
          initialKeys={choosing.keys}
          onClose={() => setChoosing(undefined)}
        />
      )}
    </SpaceBetween>
  )
}

function NothingFound({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="m">
        <Box variant="strong">{filtered ? 'No resource matches this filter' : 'No keys and no secrets'}</Box>
        <Box color="text-body-secondary">
          {filtered
            ? 'Take a part of the filter away, or begin anew.'
            : 'The scan found nothing in the Regions that it looked into. Scan again, or look whether this is the right account.'}
        </Box>
        {filtered && <Button onClick={onClear}>Clear the filter</Button>}
      </SpaceBetween>
    </Box>
  )
}
