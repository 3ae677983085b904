'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { formatItemsView, type ItemsView, parseItemsView } from './items-view.ts'

/**
 * The view that stands in the address, and a way to change it without a reload. Another filter starts at page 1.
 * `typed` is the text as it stands in the field; it becomes part of the view when typing rests.
 */
export function useItemsView<Show extends string>(shows: readonly [Show, ...Show[]]) {
  const pathname = usePathname()
  const { view, problems } = parseItemsView(new URLSearchParams(useSearchParams()), shows)
  const [typed, setTyped] = useState(view.text)
  const setView = (change: Partial<ItemsView<Show>>) => {
    if (change.text !== undefined) setTyped(change.text)
    window.history.replaceState(null, '', `${pathname}${formatItemsView({ ...view, page: 1, ...change }, shows)}`)
  }
  return { view, problems, setView, typed, setTyped }
}

export type ItemsViewState<Show extends string> = Omit<ReturnType<typeof useItemsView<Show>>, 'problems'>
