'use client'
import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import type { InventoryStatus, RegionProgress } from '#lib/inventory/status.ts'
import { RegionTable } from './region-table.tsx'
import { scanTotals } from './scan-progress.ts'
import type { Scan } from './use-scan.ts'

/** The scan that runs, with counts per Region; the one that failed, with its reason; or what the last one left out. */
export function ScanPanel({ inventory, scan }: { inventory: InventoryStatus; scan: Scan }) {
  const { scan: current, snapshot, regions } = inventory
  const retry = () => scan.start(undefined)
  const troubled = regions.filter(({ problem }) => problem !== null)
  const notes = [
    scan.error && <ErrorNote key="start" title="The scan could not be started" error={scan.error} retry={retry} />,
    current?.problem && (
      <ErrorNote
        key="failed"
        title={snapshot ? 'The last scan failed; the one before it is shown' : 'The scan failed'}
        error={current.problem}
        retry={retry}
      />
    ),
    current?.state === 'scanning' && <RunningScan key="running" scan={current} open={snapshot === null} />,
    current?.state !== 'scanning' && troubled.length > 0 && <TroubledRegions key="troubled" regions={troubled} />,
  ].filter(Boolean)
  return notes.length === 0 ? null : <SpaceBetween size="s">{notes}</SpaceBetween>
}

function RunningScan({ scan, open }: { scan: NonNullable<InventoryStatus['scan']>; open: boolean }) {
  const { lists, listsDone, listsFailed, listed, done, percent } = scanTotals(scan.regions)
  const failed = listsFailed === 0 ? '' : `, ${listsFailed} of them not readable`
  return (
    <Container>
      <ProgressBar
        value={percent}
        label="Scanning"
        description={
          <>
            Since <Instant at={scan.startedAt} as="time" />. It goes on when you leave this page.
          </>
        }
        additionalInfo={
          lists === 0
            ? 'Asking AWS which Regions are enabled'
            : `${figure(done)} of ${counted(listed, 'resource')} read; ${listsDone} of ${lists} lists ended${failed}`
        }
      />
      <ExpandableSection defaultExpanded={open} headerText="By Region">
        <RegionTable regions={scan.regions} />
      </ExpandableSection>
    </Container>
  )
}

function TroubledRegions({ regions }: { regions: RegionProgress[] }) {
  const count = new Set(regions.map(({ region }) => region)).size
  return (
    <Alert type="warning" header={`${counted(count, 'Region')} could not be read completely`}>
      Resources of these Regions, or some of their facts, may be missing below.
      <ExpandableSection headerText="Which, and why">
        <RegionTable regions={regions} />
      </ExpandableSection>
    </Alert>
  )
}
