'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { formatPlanView, type PlanView, parsePlanView } from './plan-view.ts'

/**
 * The view that stands in the address, and a way to change it without a reload. Another filter starts at page 1.
 * `typed` is the text as it stands in the field; it becomes part of the view when typing rests.
 */
export function usePlanView() {
  const pathname = usePathname()
  const search = new URLSearchParams(useSearchParams())
  const { view, problems } = parsePlanView(search)
  const [typed, setTyped] = useState(view.text)
  const setView = (change: Partial<PlanView>) => {
    if (change.text !== undefined) setTyped(change.text)
    // Read anew: other lists of the page write into the address, too.
    const now = new URLSearchParams(window.location.search)
    window.history.replaceState(null, '', `${pathname}${formatPlanView({ ...view, page: 1, ...change }, now)}`)
  }
  return { view, problems, setView, typed, setTyped }
}

export type PlanViewState = Omit<ReturnType<typeof usePlanView>, 'problems'>
