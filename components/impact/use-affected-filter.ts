'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { type AffectedFilter, parseAffectedFilter, withAffectedFilter } from './affected-filter.ts'

/** The filter that stands in the address, and a way to change it; `typed` is the text while it is being typed. */
export function useAffectedFilter() {
  const pathname = usePathname()
  const filter = parseAffectedFilter(new URLSearchParams(useSearchParams()))
  const [typed, setTyped] = useState(filter.text)
  const setFilter = (change: Partial<AffectedFilter>) => {
    if (change.text !== undefined) setTyped(change.text)
    // Read anew: other lists of the page write into the address, too.
    const now = new URLSearchParams(window.location.search)
    const address = withAffectedFilter(now, { ...filter, page: 1, ...change })
    window.history.replaceState(null, '', `${pathname}${address}`)
  }
  return { filter, setFilter, typed, setTyped }
}

export type AffectedFilterState = ReturnType<typeof useAffectedFilter>
