import { AddressReader } from '#lib/address-reader.ts'
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
  const address = new AddressReader((name) => search.get(name))
  const view = {
    show: address.one('show', (text) => shows.find((show) => show === text), shows[0]),
    text: address.one('text', (text) => (text.length <= TEXT_LENGTH_MAX && isWholeText(text) ? text : undefined), ''),
    page: address.page(),
  }
  return { view, problems: address.problems }
}

/** The query string (with `?`, or empty) that {@link parseItemsView} reads back; defaults are left out. */
export function formatItemsView<Show extends string>(view: ItemsView<Show>, shows: readonly [Show, ...Show[]]): string {
  const params = new URLSearchParams()
  if (view.show !== shows[0]) params.set('show', view.show)
  if (view.text !== '') params.set('text', view.text)
  if (view.page !== 1) params.set('page', String(view.page))
  return params.size === 0 ? '' : `?${params}`
}
