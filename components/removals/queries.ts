import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { ItemsShown } from '#lib/removal/list-removal-items.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { isUnderWay } from '#lib/under-way.ts'
import type { ListRemovals, RemovalActions } from './actions.ts'
import { ITEMS_PER_PAGE, type ItemsView } from './items-view.ts'

const POLL_MS = 1000
const WATCHED_POLL_MS = 10_000

/** `all`, `attention` and `cameBack` are not outcomes, but what most people look for. */
export type ShownOutcome = ItemsShown

/** Whether what was sent is still being proved while the operator pauses; without credentials it cannot be. */
export function isProvingOn({ state, pauseReason, items }: Removal): boolean {
  return state === 'paused' && pauseReason === 'operator' && items.claimed + items.proving > 0
}

/** Whether the worker still does something for it. */
export const isMoving = (removal: Removal) => removal.state === 'running' || isProvingOn(removal)

/** Everything below this key may change when a removal is started or moved. */
export const removalsKey = ['removals'] as const

export const removalsQuery = (listRemovals: ListRemovals) =>
  queryOptions({
    queryKey: [...removalsKey, 'list'],
    queryFn: () => read(listRemovals, {}),
    refetchInterval: ({ state }) => (state.data?.some((removal) => removal.state === 'running') ? POLL_MS : false),
  })

/** Removals that run or stand paused, for the notice on every page. */
export const runningRemovalsQuery = (runningRemovals: ListRemovals) =>
  queryOptions({
    queryKey: [...removalsKey, 'running'],
    queryFn: () => read(runningRemovals, {}),
    refetchInterval: ({ state }) => (state.data?.some((removal) => removal.state === 'running') ? POLL_MS : false),
  })

/** Removals that are watched, for the notice on every page; a scan that ends elsewhere may have seen something. */
export const watchedRemovalsQuery = (watchedRemovals: ListRemovals) =>
  queryOptions({
    queryKey: [...removalsKey, 'watched'],
    queryFn: () => read(watchedRemovals, {}),
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? WATCHED_POLL_MS : false),
  })

export const removalQuery = (readRemoval: RemovalActions['readRemoval'], removalId: string) =>
  queryOptions({
    queryKey: [...removalsKey, removalId],
    queryFn: () => read(readRemoval, { removalId }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  })

/** Who may notice what goes first; asked every second while their last uses are looked up. */
export const canaryAffectedQuery = (affectedByCanary: RemovalActions['affectedByCanary'], removalId: string) =>
  queryOptions({
    queryKey: [...removalsKey, removalId, 'canary'],
    queryFn: () => read(affectedByCanary, { removalId }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (isUnderWay(data?.useLookUp) ? POLL_MS : false),
  })

/** One page of items, asked again every second while anything about them can change. */
export const removalItemsQuery = (
  listItems: RemovalActions['listItems'],
  removal: Removal,
  { show: outcome, text, page }: ItemsView<ShownOutcome>,
) =>
  queryOptions({
    queryKey: [...removalsKey, removal.id, 'items', outcome, text, page],
    queryFn: () => read(listItems, { removalId: removal.id, outcome, text, page, size: ITEMS_PER_PAGE }),
    placeholderData: keepPreviousData,
    refetchInterval: isMoving(removal) ? POLL_MS : false,
  })
