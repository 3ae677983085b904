import { isWholeText } from '#lib/text.ts'

export const ITEMS_PER_PAGE = 20
const TEXT_LENGTH_MAX = 256

/** What a paged list of items shows; all of it stands in the page's URL. Pages count from 1. */
export interface ItemsView<Show extends string> {
  show: Show
  text: string
  page: number
}

/** Reads a view out of a URL. What cannot be read falls back to the first of `shows` and is named in `problems`. */
export function parseItemsView<Show extends string>(
  search: URLSearchParams,
  shows: readonly [Show, ...Show[]],
): { view: ItemsView<Show>; problems: string[] } {
  const problems: string[] = []
  const one = <T>(name: string, read: (text: string) => T | undefined, fallback: T): T => {
    const text = search.get(name)
    if (text === null) return fallback
    const value = read(text)
    if (value === undefined)
      problems.push(`\`${name}=${text.slice(0, 60)}\` in the address is not understood and was left out`)
    return value ?? fallback
  }
  const view = {
    show: one('show', (text) => shows.find((show) => show === text), shows[0]),
    text: one('text', (text) => (text.length <= TEXT_LENGTH_MAX && isWholeText(text) ? text : undefined), ''),
    page: one('page', (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined), 1),
  }
  return { view, problems }
}

/** The query string (with `?`, or empty) that {@link parseItemsView} reads back; defaults are left out. */
export function formatItemsView<Show extends string>(view: ItemsView<Show>, shows: readonly [Show, ...Show[]]): string {
  const params = new URLSearchParams()
  if (view.show !== shows[0]) params.set('show', view.show)
  if (view.text !== '') params.set('text', view.text)
  if (view.page !== 1) params.set('page', String(view.page))
  return params.size === 0 ? '' : `?${params}`
}
