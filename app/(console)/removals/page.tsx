import type { Metadata } from 'next'
import { RemovalsTable } from '#components/removals/removals-table.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { listRemovals } from '#lib/removal/list-removals.ts'
import { listRemovalsAction } from './actions.ts'

export const metadata: Metadata = { title: 'Removals' }

export default async function RemovalsPage() {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { store, scope } = ports(asking.actor)
  return <RemovalsTable initial={await listRemovals(store, scope)} listRemovals={listRemovalsAction} />
}
