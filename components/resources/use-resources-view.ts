import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { paths } from '#lib/paths.ts'
import { parseResourcesView, type ResourcesView } from '#lib/resources-view.ts'

/**
 * What the page shows, which is what its address says, and what of the address was not understood. Changing it rewrites
 * the address without asking the server for the page again; unless a page is named, it goes back to the first.
 */
export function useResourcesView() {
  const search = useSearchParams()
  const { view, problems } = useMemo(
    () => parseResourcesView(Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]))),
    [search],
  )
  const setView = useCallback(
    (change: Partial<ResourcesView>) =>
      window.history.replaceState(null, '', paths.resources({ ...view, page: 1, ...change })),
    [view],
  )
  return { view, problems, setView }
}
