import type { Metadata } from 'next'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { TagKeys } from '#components/tags/tag-keys.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { readTagKeys } from '#lib/inventory/facets.ts'
import { readInventory } from '#lib/inventory/status.ts'
import { readSelectionTagsAction, requestPlanAction } from '../resources/actions.ts'
import { listTagKeysAction } from './actions.ts'

export const metadata: Metadata = { title: 'Tags' }

const actions = {
  listTagKeys: listTagKeysAction,
  readSelectionTags: readSelectionTagsAction,
  requestPlan: requestPlanAction,
}

export default async function TagsPage() {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { store, scope } = ports(asking.actor)
  const [{ snapshot }, tagKeys] = await Promise.all([readInventory(store, scope), readTagKeys(store, scope)])
  return <TagKeys actions={actions} initial={tagKeys} resources={snapshot ? snapshot.keys + snapshot.secrets : null} />
}
