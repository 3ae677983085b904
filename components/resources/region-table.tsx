'use client'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { counted, figure } from '#components/ui/counted.ts'
import { Prose } from '#components/ui/prose.tsx'
import type { RegionProgress } from '#lib/inventory/status.ts'
import type { ResourceType } from '#lib/resource.ts'

const signs = {
  waiting: 'pending',
  scanning: 'in-progress',
  complete: 'success',
  failed: 'error',
} as const satisfies Record<RegionProgress['state'], StatusIndicatorProps.Type>

interface Row {
  region: string
  key?: RegionProgress
  secret?: RegionProgress
}

function rowsOf(regions: readonly RegionProgress[]): Row[] {
  const rows = new Map<string, Row>()
  for (const progress of regions) {
    rows.set(progress.region, { ...rows.get(progress.region), region: progress.region, [progress.type]: progress })
  }
  return [...rows.values()]
}

const words = { key: ['key', 'keys'], secret: ['secret', 'secrets'] } as const satisfies Record<ResourceType, unknown>

function Progress({ progress }: { progress: RegionProgress | undefined }) {
  if (!progress) return '–'
  const { state, type, listed, done, problem } = progress
  const [one, many] = words[type]
  const texts = {
    waiting: 'waiting',
    scanning: `${figure(done)} of ${counted(listed, one, many)} read`,
    complete: counted(listed, one, many),
    failed: 'not read',
  }
  return (
    <>
      <StatusIndicator type={problem && state === 'complete' ? 'warning' : signs[state]}>
        {texts[state]}
      </StatusIndicator>
      {problem && (
        <div>
          <Prose text={problem.message} />
        </div>
      )}
    </>
  )
}

/** How far a scan is, or how one ended, Region by Region. */
export function RegionTable({ regions }: { regions: readonly RegionProgress[] }) {
  return (
    <Table
      variant="embedded"
      trackBy="region"
      contentDensity="compact"
      wrapLines
      items={rowsOf(regions)}
      ariaLabels={{ tableLabel: 'Scan by Region' }}
      empty="No Region has been looked into yet"
      columnDefinitions={[
        { id: 'region', header: 'Region', isRowHeader: true, width: 180, cell: ({ region }) => region },
        { id: 'keys', header: 'KMS keys', cell: ({ key }) => <Progress progress={key} /> },
        { id: 'secrets', header: 'Secrets', cell: ({ secret }) => <Progress progress={secret} /> },
      ]}
    />
  )
}
