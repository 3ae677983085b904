import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ITEMS_PER_PAGE } from '#components/removals/items-view.ts'
import { read } from '#components/ui/read.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import type { PlanView } from './plan-view.ts'

export const POLL_MS = 1000

/** Everything below this key may change when something is dropped, analysed anew or started. */
export const planKey = (planId: string) => ['plans', planId] as const

/** A plan that is ready changes only by what is done on this page, so it is asked again only while it is prepared. */
export const planQuery = (readPlan: PlanActions['readPlan'], planId: string) =>
  queryOptions({
    queryKey: [...planKey(planId), 'plan'],
    queryFn: () => read(readPlan, { planId }),
    refetchInterval: ({ state }) => (state.data?.state === 'preparing' ? POLL_MS : false),
  })

/** Whether a job still works on an analysis. */
export const isAnalysing = ({ state }: ImpactReview) => state !== 'ready' && state !== 'failed'

/** What a plan does to access; asked every second while it is analysed, or checked before a start. */
export const impactQuery = (readImpact: PlanActions['readImpact'], planId: string) =>
  queryOptions({
    queryKey: [...planKey(planId), 'impact'],
    queryFn: () => read(readImpact, { planId }),
    refetchInterval: ({ state: { data } }) =>
      data && (isAnalysing(data) || data.start?.state === 'checking') ? POLL_MS : false,
  })

/** What could go first. It hangs on what is dropped (the digest) and on the analysis. */
export const canaryQuery = (
  offerCanary: PlanActions['offerCanary'],
  { id: planId, digest }: Plan,
  { impactId, readyAt }: ImpactReview,
) =>
  queryOptions({
    queryKey: [...planKey(planId), 'canary', { digest, impactId, readyAt }],
    queryFn: () => read(offerCanary, { planId, impactId: impactId ?? '' }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** One page of items. What they show hangs on what is dropped (the digest) and on the analysis. */
export const planItemsQuery = (
  listItems: PlanActions['listItems'],
  plan: Plan,
  impact: ImpactReview | undefined,
  { show, text, page, verdict, sign }: PlanView,
) =>
  queryOptions({
    queryKey: [
      ...planKey(plan.id),
      'items',
      { show, text, page, verdict, sign, digest: plan.digest, analysed: impact?.impactId, at: impact?.readyAt },
    ],
    queryFn: () => read(listItems, { planId: plan.id, show, text, page, size: ITEMS_PER_PAGE, verdict, sign }),
    placeholderData: keepPreviousData,
  })
