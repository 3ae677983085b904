'use client'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { counted, figure } from '#components/ui/counted.ts'
import { Instant } from '#components/ui/instant.tsx'
import { DELIVERY_MINUTES, type TrailDifference, type TrailFindings, trailDifferences } from '#lib/trail-comparison.ts'
import styles from './audit.module.css'
import { ResourceLink } from './resource-link.tsx'

const columns: TableProps.ColumnDefinition<TrailDifference>[] = [
  { id: 'kind', header: 'Difference', isRowHeader: true, cell: ({ kind }) => trailDifferences[kind] },
  { id: 'at', header: 'When', cell: ({ at }) => <Instant at={at} as="second" /> },
  {
    id: 'resource',
    header: 'Resource',
    cell: ({ resource }) =>
      resource?.startsWith('arn:') ? <ResourceLink arn={resource} name={null} /> : (resource ?? 'not in the record'),
  },
  { id: 'ids', header: 'Request id, event id', cell: (difference) => <Ids of={difference} /> },
  { id: 'error', header: 'Recorded error', cell: ({ errorCode }) => errorCode ?? '–' },
]

/** What both have, and every call that only one of them has. */
export function TrailFindingsTold({ at, findings }: { at: string; findings: TrailFindings }) {
  const { sent, matched, counts, differences, young } = findings
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="m">
        <StatusIndicator type={total === 0 ? 'success' : 'warning'}>
          {figure(sent)} in our log, {figure(matched + counts.replyLost + counts.notInLog)} in CloudTrail
          {total > 0 && `, ${counted(total, 'difference')}`}
        </StatusIndicator>
        <Box color="text-body-secondary">
          compared <Instant at={at} as="age" />
        </Box>
      </SpaceBetween>
      {young > 0 && counts.notInTrail + counts.unanswered > 0 && (
        <Box color="text-body-secondary">
          {counted(young, 'call is', 'calls are')} younger than {DELIVERY_MINUTES} minutes: CloudTrail may not have{' '}
          {young === 1 ? 'it' : 'them'} yet. Compare again later.
        </Box>
      )}
      {total > 0 && (
        <Table
          variant="embedded"
          items={differences}
          trackBy={({ at, kind, resource, requestId }) => `${at} ${kind} ${resource} ${requestId}`}
          columnDefinitions={columns}
          wrapLines
          contentDensity="compact"
          ariaLabels={{ tableLabel: 'Differences between the audit log and CloudTrail' }}
          footer={
            total > differences.length && (
              <Box color="text-body-secondary">and {figure(total - differences.length)} more</Box>
            )
          }
        />
      )}
    </SpaceBetween>
  )
}

function Ids({ of: { requestId, eventId } }: { of: TrailDifference }) {
  return (
    <>
      <div className={styles.hash}>{requestId ?? 'none'}</div>
      {eventId !== null && eventId !== requestId && <div className={styles.hash}>{eventId}</div>}
    </>
  )
}
