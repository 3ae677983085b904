'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { paths } from '#lib/paths.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { OldValuesFact } from './old-values-fact.tsx'
import { WatchFact } from './watch-fact.tsx'

interface AfterwardsFactsProps {
  removal: Removal
  actions: Pick<RemovalActions, 'watch' | 'purge'>
}

/** What can be done with a removal that has settled: keep its report, watch it, purge its old values. */
export function AfterwardsFacts({ removal, actions }: AfterwardsFactsProps) {
  const canComeBack = removal.direction === 'remove' && removal.oldValues.purgedAt === null
  return (
    <Container header={<Header variant="h2">Afterwards</Header>}>
      <KeyValuePairs
        columns={canComeBack || removal.watch !== null ? 3 : 2}
        items={[
          { label: 'Report', value: <ReportFact removal={removal} /> },
          ...(canComeBack || removal.watch !== null
            ? [{ label: 'Watch', value: <WatchFact removal={removal} watch={actions.watch} /> }]
            : []),
          { label: 'Old values', value: <OldValuesFact removal={removal} purge={actions.purge} /> },
        ]}
      />
    </Container>
  )
}

function ReportFact({ removal: { id, oldValues } }: { removal: Removal }) {
  return (
    <SpaceBetween size="xs">
      <SpaceBetween size="xs" direction="horizontal">
        <Button iconName="download" href={paths.removalFile(id, 'report.html')} download>
          Report to print
        </Button>
        <Button iconName="download" href={paths.removalFile(id, 'report.json')} download>
          Report as JSON
        </Button>
      </SpaceBetween>
      <Box variant="small">
        Plan, acknowledgements, and every tag with its{oldValues.purgedAt === null && ' old value,'} outcome, AWS’s
        request id and time of proof.
      </Box>
    </SpaceBetween>
  )
}
