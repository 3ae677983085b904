import { formatItemsView, type ItemsView, parseItemsView } from '#components/removals/items-view.ts'
import { AddressReader } from '#lib/address-reader.ts'
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
  const address = new AddressReader((name) => search.get(name))
  const verdict = address.one('verdict', (text) => impactVerdicts.find((known) => known === text), null)
  const sign = address.one('sign', (text) => impactSigns.find((known) => known === text), null)
  return {
    view: { ...view, verdict, sign: verdict === null ? sign : null },
    problems: [...problems, ...address.problems],
  }
}

/** The query string that {@link parsePlanView} reads back; what else stands in `search` is somebody else's and stays. */
export function formatPlanView({ verdict, sign, ...view }: PlanView, search: URLSearchParams): string {
  const params = new URLSearchParams(formatItemsView(view, shows))
  if (verdict !== null) params.set('verdict', verdict)
  if (sign !== null) params.set('sign', sign)
  for (const [name, value] of search) if (!ours.includes(name)) params.append(name, value)
  return params.size === 0 ? '' : `?${params}`
}
