'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { type Change, change, type Read } from '#components/ui/read.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { TrailComparison } from '#lib/trail-comparison.ts'
import { isUnderWay } from '#lib/under-way.ts'
import { trailKey, trailQuery } from './queries.ts'
import { TrailFindingsTold } from './trail-findings.tsx'

/** The server actions that the panel works with. */
export interface TrailActions {
  readTrail: Read<{ removalId: string }, TrailComparison | null>
  compareTrail: Change<{ removalId: string }, TrailComparison>
}

/** A removal in the audit log, and the same calls as AWS itself has recorded them. */
export function TrailPanel({ actions, removalId }: { actions: TrailActions; removalId: string }) {
  const { data: comparison, error } = useQuery(trailQuery(actions.readTrail, removalId))
  const client = useQueryClient()
  const comparing = useMutation({
    mutationFn: () => change(actions.compareTrail, { removalId }),
    onSuccess: (asked) => client.setQueryData(trailKey(removalId), asked),
  })
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Every call of this removal was announced in the audit log before it was sent. CloudTrail, in which AWS itself records calls, shows the same ones minutes later, for 90 days."
          actions={
            <Button
              loading={comparing.isPending || isUnderWay(comparison)}
              loadingText="Comparing"
              onClick={() => comparing.mutate()}
            >
              {comparison?.state === 'done' ? 'Compare again' : 'Compare with CloudTrail'}
            </Button>
          }
        >
          Audit log and CloudTrail
        </Header>
      }
    >
      <SpaceBetween size="s">
        <SoftLink href={paths.audit({ filters: [{ property: 'removal', value: removalId }] })}>
          Events of this removal
        </SoftLink>
        {(error ?? comparing.error) && (
          <ErrorNote title="The comparison could not be asked for" error={(error ?? comparing.error) as Error} />
        )}
        {comparison && <Compared comparison={comparison} />}
      </SpaceBetween>
    </Container>
  )
}

function Compared({ comparison }: { comparison: TrailComparison }) {
  switch (comparison.state) {
    case 'waiting':
    case 'running':
      return (
        <StatusIndicator type="in-progress">
          Reading CloudTrail, which gives a page of 50 events a second and Region: {counted(comparison.pages, 'page')}{' '}
          so far
        </StatusIndicator>
      )
    case 'failed':
      return (
        <ErrorNote title="CloudTrail could not be read" type="warning" error={comparison.problem}>
          {comparison.problem.code === 'denied' && (
            <Box>
              The permission is <code>cloudtrail:LookupEvents</code>; the page “Account access” has a policy with it.
            </Box>
          )}
        </ErrorNote>
      )
    case 'done':
      return <TrailFindingsTold at={comparison.at} findings={comparison.findings} />
  }
}
