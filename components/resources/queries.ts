import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { ResourcesView } from '#lib/resources-view.ts'
import type { Selection } from '#lib/selection.ts'
import { type ChoosingActions, type DetailActions, filterForTag, type ResourcesActions } from './actions.ts'
import { inventoryKey, resourcesKey } from './query-keys.ts'

const SCAN_POLL_MS = 1000

/** State of the inventory; asked every second as long as a scan runs, and when the operator comes back to the tab. */
export const inventoryQuery = (actions: Pick<ResourcesActions, 'readInventory'>) =>
  queryOptions({
    queryKey: inventoryKey,
    queryFn: () => read(actions.readInventory, {}),
    refetchInterval: ({ state }) => (state.data?.scan?.state === 'scanning' ? SCAN_POLL_MS : false),
  })

/** One page of a snapshot. A snapshot never changes, so its pages stay fresh for ever; the last one shows while the next loads. */
export const resourcesQuery = (actions: ResourcesActions, snapshotId: string | undefined, view: ResourcesView) =>
  queryOptions({
    queryKey: resourcesKey(snapshotId, view),
    queryFn: () => read(actions.listResources, view),
    enabled: snapshotId !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What a snapshot can be filtered by. */
export const facetsQuery = (actions: ResourcesActions, snapshotId: string | undefined) =>
  queryOptions({
    queryKey: ['facets', snapshotId],
    queryFn: () => read(actions.readFacets, {}),
    enabled: snapshotId !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The Regions that the account has enabled. */
export const regionsQuery = (actions: ResourcesActions) =>
  queryOptions({ queryKey: ['regions'], queryFn: () => read(actions.listRegions, {}), staleTime: 60_000 })

/** Every tag key over a selection, with its values. */
export const selectionTagsQuery = (actions: ChoosingActions, selection: Selection) =>
  queryOptions({
    queryKey: ['selection-tags', selection],
    queryFn: () => read(actions.readSelectionTags, { selection }),
  })

/** The values that one tag key has, as suggestions of the filter. */
export const tagValuesQuery = (actions: ChoosingActions, snapshotId: string | undefined, tagKey: string) =>
  queryOptions({
    queryKey: ['tag-values', snapshotId, tagKey],
    queryFn: () =>
      read(actions.readSelectionTags, { selection: { by: 'filter', filter: filterForTag(tagKey), except: [] } }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** One resource, read live from AWS. */
export const detailQuery = (actions: DetailActions, arn: string) =>
  queryOptions({ queryKey: ['detail', arn], queryFn: () => read(actions.readDetail, { arn }) })
