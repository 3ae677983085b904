import { AddressReader, SHOWN_MAX } from './address-reader.ts'
import { FILTER_TOKENS_MAX, type Filter, formatToken, parseToken } from './filter.ts'

export const sortFields = ['name', 'type', 'region', 'state', 'manager', 'tags', 'created'] as const
export type SortField = (typeof sortFields)[number]
export const pageSizes = [20, 50, 100] as const

/** What the resources page shows; all of it stands in its URL. Pages count from 1. */
export interface ResourcesView {
  filter: Filter
  sort: SortField
  descending: boolean
  page: number
  size: (typeof pageSizes)[number]
}

export const defaultView: ResourcesView = {
  filter: { operation: 'and', tokens: [] },
  sort: 'name',
  descending: false,
  page: 1,
  size: 50,
}

type Search = Record<string, string | string[] | undefined>
const all = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat())

/** Reads a view out of a URL. What cannot be read falls back to the default and is named in `problems`. */
export function parseResourcesView(search: Search): { view: ResourcesView; problems: string[] } {
  const address = new AddressReader((name) => all(search[name])[0] ?? null)
  const tokens = all(search.f)
    .slice(0, FILTER_TOKENS_MAX)
    .flatMap((text) => {
      const token = parseToken(text)
      if (!token) address.leaveOut(`the filter \`${text.slice(0, SHOWN_MAX)}\``)
      return token ? [token] : []
    })
  const sort = address.one(
    'sort',
    (text) => sortFields.find((field) => field === text.replace(/^-/, '')),
    defaultView.sort,
  )
  const view: ResourcesView = {
    filter: {
      operation: address.one('op', (text) => (text === 'or' || text === 'and' ? text : undefined), 'and'),
      tokens,
    },
    sort,
    descending: all(search.sort)[0] === `-${sort}`,
    page: address.page(),
    size: address.one('size', (text) => pageSizes.find((size) => String(size) === text), defaultView.size),
  }
  return { view, problems: address.problems }
}

/** The query string (with `?`, or empty) that {@link parseResourcesView} reads back; defaults are left out. */
export function formatResourcesView(view: Partial<ResourcesView>): string {
  const { filter, sort, descending, page, size } = { ...defaultView, ...view }
  const params = new URLSearchParams()
  for (const token of filter.tokens) params.append('f', formatToken(token))
  if (filter.operation !== 'and') params.set('op', filter.operation)
  if (sort !== defaultView.sort || descending) params.set('sort', `${descending ? '-' : ''}${sort}`)
  if (page !== 1) params.set('page', String(page))
  if (size !== defaultView.size) params.set('size', String(size))
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
