import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { type AuditView, parseAuditView } from '#lib/audit-view.ts'
import { paths } from '#lib/paths.ts'

/**
 * What the page shows, which is what its address says, and what of the address was not understood. Another filter starts
 * at page 1; opening and closing an event leaves the list where it is.
 */
export function useAuditView() {
  const search = useSearchParams()
  const { view, problems } = useMemo(() => parseAuditView(new URLSearchParams(search)), [search])
  const setView = useCallback(
    (change: Partial<AuditView>) => {
      const page = 'event' in change ? {} : { page: 1 }
      window.history.replaceState(null, '', paths.audit({ ...view, ...page, ...change }))
    },
    [view],
  )
  return { view, problems, setView }
}
