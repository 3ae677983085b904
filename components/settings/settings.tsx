'use client'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import type { Retention } from '#lib/removal/retention.ts'
import type { SettingsActions } from './actions.ts'
import { RetentionSetting } from './retention-setting.tsx'

interface SettingsProps {
  actions: SettingsActions
  account: string
  /** As the server found it when it made the page. */
  initial: Retention
}

/** What is set for an account in the console itself. */
export function Settings({ actions, account, initial }: SettingsProps) {
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`For account ${account}, whoever signs in.`}>
          Settings
        </Header>
      }
    >
      <RetentionSetting actions={actions} initial={initial} />
    </ContentLayout>
  )
}
