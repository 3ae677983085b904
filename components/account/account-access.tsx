'use client'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { AccountSummary } from '#lib/principals/account-summary.ts'
import type { AccountActions } from './actions.ts'
import { ControlPolicies } from './control-policies.tsx'
import { ProtectedTags } from './protected-tags.tsx'
import { PurposeSection } from './purpose-section.tsx'
import { accessQuery, accountQuery } from './queries.ts'
import { RegionSelect } from './region-select.tsx'
import { TriedOn } from './tried-on.tsx'
import { WhoIsHere } from './who-is-here.tsx'

interface AccountAccessProps {
  actions: AccountActions
  account: string
  partition: string
  /** As the server found it when it made the page. */
  initial: AccountSummary
}

/** What the operator's credentials may do, the policies that would let them do more, and who else is in the account. */
export function AccountAccess({ actions, account, partition, initial }: AccountAccessProps) {
  const [region, setRegion] = useState<string>()
  const access = useQuery(accessQuery(actions, region))
  const summary = useQuery({ ...accountQuery(actions), initialData: initial })
  const report = access.data
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What your present AWS credentials may do here, found out by calls that change nothing."
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <RegionSelect actions={actions} selected={region ?? report?.region} onSelect={setRegion} />
              <Button iconName="refresh" loading={access.isFetching} onClick={() => void access.refetch()}>
                Check again
              </Button>
            </SpaceBetween>
          }
        >
          Account access
        </Header>
      }
    >
      <SpaceBetween size="l">
        {access.error && (
          <ErrorNote
            title="What you may do could not be found out"
            error={access.error}
            retry={() => void access.refetch()}
          />
        )}
        {report && <TriedOn report={report} />}
        {(['browse', 'remove', 'analyse'] as const).map((purpose) => (
          <PurposeSection
            key={purpose}
            purpose={purpose}
            checks={access.isPlaceholderData ? undefined : report?.checks}
            account={account}
            partition={partition}
          />
        ))}
        <WhoIsHere actions={actions} account={account} reading={summary.data.reading} />
        <ControlPolicies actions={actions} control={summary.data.control} />
        <ProtectedTags actions={actions} />
      </SpaceBetween>
    </ContentLayout>
  )
}
