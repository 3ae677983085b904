import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { inventoryKey, resourcesKey } from '#components/resources/query-keys.ts'
import { Resources } from '#components/resources/resources.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { queryResources } from '#lib/inventory/query.ts'
import { readInventory } from '#lib/inventory/status.ts'
import { parseResourcesView } from '#lib/resources-view.ts'
import {
  listRegionsAction,
  listResourcesAction,
  readFacetsAction,
  readInventoryAction,
  readSelectionTagsAction,
  requestPlanAction,
  startScanAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Resources' }

const actions = {
  readInventory: readInventoryAction,
  listResources: listResourcesAction,
  readFacets: readFacetsAction,
  listRegions: listRegionsAction,
  startScan: startScanAction,
  readSelectionTags: readSelectionTagsAction,
  requestPlan: requestPlanAction,
}

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function ResourcesPage({ searchParams }: { searchParams: Search }) {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { store, scope, identity } = ports(asking.actor)
  const { view } = parseResourcesView(await searchParams)
  const [inventory, page] = await Promise.all([readInventory(store, scope), queryResources(store, scope, view)])
  const first = new QueryClient()
  first.setQueryData(inventoryKey, inventory)
  if (inventory.snapshot) first.setQueryData(resourcesKey(inventory.snapshot.id, view), page)
  return (
    <HydrationBoundary state={dehydrate(first)}>
      <Resources actions={actions} account={identity.account} />
    </HydrationBoundary>
  )
}
