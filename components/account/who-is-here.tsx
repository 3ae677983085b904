'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { read } from '#components/ui/read.ts'
import type { ReadingSummary } from '#lib/principals/account-summary.ts'
import type { AccountActions } from './actions.ts'
import { accountKey } from './queries.ts'

const reaches = {
  account: { type: 'success', text: 'Everybody in the account' },
  operator: { type: 'warning', text: 'You alone' },
  closed: { type: 'error', text: 'Nobody' },
} as const satisfies Record<ReadingSummary['reach'], object>

interface WhoIsHereProps {
  actions: AccountActions
  account: string
  reading: ReadingSummary | null
}

/** How much of the account's IAM has been read, how old that is, and a button that reads it anew. */
export function WhoIsHere({ actions, account, reading }: WhoIsHereProps) {
  const client = useQueryClient()
  const refresh = useMutation({
    mutationFn: () => read(actions.refreshAccount, {}),
    onSuccess: (summary) => client.setQueryData(accountKey, summary),
  })
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Users, roles and groups of account ${account} with their policies. The review of a removal is about them.`}
          actions={
            <Button
              iconName="refresh"
              loading={refresh.isPending}
              loadingText="Reading"
              onClick={() => refresh.mutate()}
            >
              {reading ? 'Read again' : 'Read now'}
            </Button>
          }
        >
          Who is in the account
        </Header>
      }
    >
      <SpaceBetween size="m">
        {refresh.error && <ErrorNote title="The account could not be read" error={refresh.error} />}
        {reading ? <Reading reading={reading} /> : <Box color="text-body-secondary">It has not been read yet.</Box>}
      </SpaceBetween>
    </Container>
  )
}

function Reading({ reading }: { reading: ReadingSummary }) {
  const { type, text } = reaches[reading.reach]
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Read', value: <Instant at={reading.readAt} as="age" /> },
          { label: 'Reaches', value: <StatusIndicator type={type}>{text}</StatusIndicator> },
          {
            label: 'Principals',
            value: `${counted(reading.users, 'user')}, ${counted(reading.roles, 'role')}, ${counted(reading.groups, 'group')}`,
          },
          { label: 'Managed policies in use', value: figure(reading.managedPolicies) },
        ]}
      />
      {reading.problem && (
        <ErrorNote
          type="warning"
          title={
            reading.reach === 'operator'
              ? 'Others could not be read, so a review can only speak of you'
              : 'Nobody could be read'
          }
          error={reading.problem}
        />
      )}
      {reading.unread > 0 && (
        <StatusIndicator type="warning">
          {counted(reading.unread, 'policy', 'policies')} could not be read; what hangs on{' '}
          {reading.unread === 1 ? 'it' : 'them'} is unknown
        </StatusIndicator>
      )}
    </SpaceBetween>
  )
}
