import type { Metadata } from 'next'
import { Settings } from '#components/settings/settings.tsx'
import { CredentialsPage } from '#components/shell/credentials-page.tsx'
import { pageActor, ports } from '#lib/auth/actor.ts'
import { readRetention } from '#lib/removal/retention.ts'
import { countOverdueAction, readRetentionAction, setRetentionAction } from './actions.ts'

export const metadata: Metadata = { title: 'Settings' }

const actions = {
  readRetention: readRetentionAction,
  countOverdue: countOverdueAction,
  setRetention: setRetentionAction,
}

export default async function SettingsPage() {
  const asking = await pageActor()
  if (!asking.ok) return <CredentialsPage problem={asking.problem} />
  const { account } = asking.actor.identity
  const retention = await readRetention(ports(asking.actor).store, account)
  return <Settings key={account} actions={actions} account={account} initial={retention} />
}
