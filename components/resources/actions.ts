import type { Change, Read } from '#components/ui/read.ts'
import type { Filter } from '#lib/filter.ts'
import type { ResourceDetail } from '#lib/inventory/detail.ts'
import type { Facets, SelectionTags } from '#lib/inventory/facets.ts'
import type { ResourcesPage } from '#lib/inventory/query.ts'
import type { InventoryStatus } from '#lib/inventory/status.ts'
import type { ResourcesView } from '#lib/resources-view.ts'
import type { PlanRequest, Selection } from '#lib/selection.ts'

type Nothing = Record<string, never>

/** What choosing tags needs, on whichever page it is done. */
export interface ChoosingActions {
  readSelectionTags: Read<{ selection: Selection }, SelectionTags>
  requestPlan: Change<PlanRequest, { planId: string }>
}

/** The server actions that the resources page works with; the page in app/ hands them in. */
export interface ResourcesActions extends ChoosingActions {
  readInventory: Read<Nothing, InventoryStatus>
  listResources: Read<ResourcesView, ResourcesPage>
  readFacets: Read<Nothing, Facets>
  listRegions: Read<Nothing, { regions: string[]; note: string | null }>
  startScan: Change<{ regions?: string[] | undefined }, { snapshotId: string }>
}

export interface DetailActions extends ChoosingActions {
  readDetail: Read<{ arn: string }, ResourceDetail>
}

/** The filter under which all resources with one tag key stand; with a value, only those that have this one. */
export function filterForTag(tagKey: string, value?: string): Filter {
  const token =
    value === undefined
      ? ({ property: 'tagKey', operator: '=', value: tagKey } as const)
      : ({ property: 'tag', tagKey, operator: '=', value } as const)
  return { operation: 'and', tokens: [token] }
}
