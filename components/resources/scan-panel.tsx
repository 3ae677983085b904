'use client'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import type { InventoryStatus } from '#lib/inventory/status.ts'
import { RegionTable } from './region-table.tsx'
import { scanTotals } from './scan-progress.ts'
import type { Scan } from './use-scan.ts'

/** The scan that runs, with counts per Region; the one that failed, with its reason; or what the last one left out. */
export function ScanPanel({ inventory, scan }: { inventory: InventoryStatus; scan: Scan }) {
  const current = inventory.scan
  return (
    <SpaceBetween size="s">
      {scan.error && (
        <ErrorNote title="The scan could not be started" error={scan.error} retry={() => scan.start(undefined)} />
      )}
      {current?.state === 'failed' && current.problem && (
        <ErrorNote
          title="The last scan failed; the snapshot before it is shown"
          error={current.problem}
          retry={() => scan.start(undefined)}
        />
      )}
      {current?.state === 'scanning' ? (
        <RunningScan scan={current} open={inventory.snapshot === null} />
      ) : (
        <FailedRegions inventory={inventory} />
      )}
    </SpaceBetween>
  )
}

function RunningScan({ scan, open }: { scan: NonNullable<InventoryStatus['scan']>; open: boolean }) {
  const { lists, listsDone, listsFailed, listed, done, percent } = scanTotals(scan.regions)
  const failed = listsFailed === 0 ? '' : `, ${listsFailed} of them not readable`
  return (
    <ExpandableSection
      variant="container"
      defaultExpanded={open}
      headerText="Scanning"
      headerDescription="It goes on when you leave this page."
      headerInfo={<Instant at={scan.startedAt} as="age" />}
      headingTagOverride="h2"
    >
      <SpaceBetween size="m">
        <ProgressBar
          value={percent}
          label="All Regions"
          additionalInfo={`${figure(done)} of ${counted(listed, 'resource')} read; ${listsDone} of ${lists} lists ended${failed}`}
        />
        <RegionTable regions={scan.regions} />
      </SpaceBetween>
    </ExpandableSection>
  )
}

function FailedRegions({ inventory }: { inventory: InventoryStatus }) {
  const troubled = inventory.regions.filter(({ problem }) => problem !== null)
  if (inventory.snapshot === null || troubled.length === 0) return null
  return (
    <ExpandableSection
      variant="container"
      headingTagOverride="h2"
      headerText={`${counted(new Set(troubled.map(({ region }) => region)).size, 'Region')} could not be read completely`}
      headerDescription="Resources of these Regions may be missing below."
    >
      <RegionTable regions={troubled} />
    </ExpandableSection>
  )
}
