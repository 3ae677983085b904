import { formatItemsView, type ItemsView, parseItemsView } from '#components/removals/items-view.ts'
import { type ImpactSign, impactSigns } from '#lib/impact-review.ts'
import { type ImpactVerdict, impactVerdicts } from '#lib/item-impact.ts'

export const shows = ['included', 'skipped'] as const
export type Show = (typeof shows)[number]

/** What the review's list shows; all of it stands in the page's URL. Of verdict and sign one at most is set. */
export interface PlanView extends ItemsView<Show> {
  verdict: ImpactVerdict | null
  sign: ImpactSign | null
}

const ours = ['show', 'text', 'page', 'verdict', 'sign']

/** Reads a view out of a URL. What cannot be read falls back and is named in `problems`. */
export function parsePlanView(search: URLSearchParams): { view: PlanView; problems: string[] } {
  const { view, problems } = parseItemsView(search, shows)
  const one = <T extends string>(name: string, known: readonly T[]): T | null => {
    const text = search.get(name)
    const value = known.find((word) => word === text) ?? null
    if (text !== null && value === null)
      problems.push(`\`${name}=${text.slice(0, 60)}\` in the address is not understood and was left out`)
    return value
  }
  const verdict = one('verdict', impactVerdicts)
  const sign = one('sign', impactSigns)
  return { view: { ...view, verdict, sign: verdict === null ? sign : null }, problems }
}

/** The query string that {@link parsePlanView} reads back; what else stands in `search` is somebody else's and stays. */
export function formatPlanView({ verdict, sign, ...view }: PlanView, search: URLSearchParams): string {
  const params = new URLSearchParams(formatItemsView(view, shows))
  if (verdict !== null) params.set('verdict', verdict)
  if (sign !== null) params.set('sign', sign)
  for (const [name, value] of search) if (!ours.includes(name)) params.append(name, value)
  return params.size === 0 ? '' : `?${params}`
}
