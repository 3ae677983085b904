import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { Outcome } from '#lib/outcome.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { ListRemovals, RemovalActions } from './actions.ts'
import { ITEMS_PER_PAGE, type ItemsView } from './items-view.ts'

const POLL_MS = 1000

/** `all` and `attention` are not outcomes, but what most people look for. */
export type ShownOutcome = 'all' | 'attention' | Outcome

/** Whether the worker still does something for it; a paused removal goes on proving what was already sent. */
export function isMoving({ state, items }: Removal): boolean {
  return state === 'running' || items.claimed + items.proving > 0
}

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

export const removalQuery = (readRemoval: RemovalActions['readRemoval'], removalId: string) =>
  queryOptions({
    queryKey: [...removalsKey, removalId],
    queryFn: () => read(readRemoval, { removalId }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  })

/** One page of items, asked again every second while `moving`. */
export const removalItemsQuery = (
  listItems: RemovalActions['listItems'],
  removalId: string,
  { show: outcome, text, page }: ItemsView<ShownOutcome>,
  moving: boolean,
) =>
  queryOptions({
    queryKey: [...removalsKey, removalId, 'items', outcome, text, page],
    queryFn: () => read(listItems, { removalId, outcome, text, page, size: ITEMS_PER_PAGE }),
    placeholderData: keepPreviousData,
    refetchInterval: moving ? POLL_MS : false,
  })
