import type { Metadata } from 'next'
import { AccountAccess } from '#components/account/account-access.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { summariseAccount } from '#lib/principals/account-summary.ts'
import { listRegionsAction } from '../resources/actions.ts'
import {
  checkAccessAction,
  forgetControlPoliciesAction,
  importControlPoliciesAction,
  readAccountAction,
  refreshAccountAction,
} from './actions.ts'
import {
  addProtectedPatternAction,
  listProtectedPatternsAction,
  removeProtectedPatternAction,
} from './protected-tags-actions.ts'

export const metadata: Metadata = { title: 'Account access' }

const actions = {
  checkAccess: checkAccessAction,
  readAccount: readAccountAction,
  refreshAccount: refreshAccountAction,
  importControlPolicies: importControlPoliciesAction,
  forgetControlPolicies: forgetControlPoliciesAction,
  listRegions: listRegionsAction,
  listProtectedPatterns: listProtectedPatternsAction,
  addProtectedPattern: addProtectedPatternAction,
  removeProtectedPattern: removeProtectedPatternAction,
}

export default async function AccountPage() {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { account, partition, scope } = asking.actor.identity
  const summary = await summariseAccount(ports(asking.actor).store, { account, scope })
  // Another identity is another page: nothing of the one before may stand on it.
  return <AccountAccess key={scope} actions={actions} account={account} partition={partition} initial={summary} />
}
