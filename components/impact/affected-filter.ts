import type { AffectedView } from '#lib/impact/list-affected.ts'
import { isWholeText } from '#lib/text.ts'

export const AFFECTED_PER_PAGE = 25
/** What the toggle leaves out. */
export const UNUSED_DAYS = 90
const TEXT_LENGTH_MAX = 256

/** What the matrix shows; all of it stands in the page's URL, beside what other lists of the page keep there. */
export type AffectedFilter = Omit<AffectedView, 'size'>

export const shows = ['all', 'lose', 'gain', 'unknown'] as const satisfies readonly AffectedView['show'][]

const names = { show: 'who-show', text: 'who-text', unused: 'who-unused', page: 'who-page' } as const
const HIDDEN = 'hidden'

/** Reads a filter out of a URL. What cannot be read is left out. */
export function parseAffectedFilter(search: URLSearchParams): AffectedFilter {
  const page = search.get(names.page) ?? ''
  const text = search.get(names.text) ?? ''
  return {
    show: shows.find((show) => show === search.get(names.show)) ?? 'all',
    text: text.length <= TEXT_LENGTH_MAX && isWholeText(text) ? text : '',
    unusedDays: search.get(names.unused) === HIDDEN ? UNUSED_DAYS : null,
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  }
}

/** The query string (with `?`, or empty) with this filter in it; what else stands there stays, defaults are left out. */
export function withAffectedFilter(search: URLSearchParams, { show, text, unusedDays, page }: AffectedFilter): string {
  const params = new URLSearchParams(search)
  const set = (name: string, value: string, fallback: string) =>
    value === fallback ? params.delete(name) : params.set(name, value)
  set(names.show, show, 'all')
  set(names.text, text, '')
  set(names.unused, unusedDays === null ? '' : HIDDEN, '')
  set(names.page, String(page), '1')
  return params.size === 0 ? '' : `?${params}`
}
