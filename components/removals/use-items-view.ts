'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { formatItemsView, type ItemsView, parseItemsView } from './items-view.ts'

/**
 * The view that stands in the address, and a way to change it without a reload. Another filter starts at page 1.
 */
export function useItemsView<Show extends string>(shows: readonly [Show, ...Show[]]) {
  const pathname = usePathname()
  const { view, problems } = parseItemsView(new URLSearchParams(useSearchParams()), shows)
  const setView = (change: Partial<ItemsView<Show>>) => {
    const next = { ...view, page: 1, ...change }
    window.history.replaceState(null, '', `${pathname}${formatItemsView(next, shows)}`)
  }
  return { view, problems, setView }
}
