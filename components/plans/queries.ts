import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ITEMS_PER_PAGE, type ItemsView } from '#components/removals/items-view.ts'
import { read } from '#components/ui/read.ts'
import type { PlanActions } from './actions.ts'

const POLL_MS = 1000

/** A plan never changes once it is ready, so it is asked again only while it is being prepared. */
export const planQuery = (readPlan: PlanActions['readPlan'], planId: string) =>
  queryOptions({
    queryKey: ['plans', planId],
    queryFn: () => read(readPlan, { planId }),
    refetchInterval: ({ state }) => (state.data?.state === 'preparing' ? POLL_MS : false),
  })

export const planItemsQuery = (
  listItems: PlanActions['listItems'],
  planId: string,
  { show, text, page }: ItemsView<'included' | 'skipped'>,
) =>
  queryOptions({
    queryKey: ['plans', planId, 'items', show, text, page],
    queryFn: () => read(listItems, { planId, show, text, page, size: ITEMS_PER_PAGE }),
    placeholderData: keepPreviousData,
  })
