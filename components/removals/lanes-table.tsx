'use client'
import Header from '@cloudscape-design/components/header'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { figure } from '#components/ui/counted.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { StackedBar } from './stacked-bar.tsx'
import { serviceNames } from './wording.ts'

type Lane = Removal['lanes'][number]

const nameOf = ({ region, type }: Lane) => `${serviceNames[type]} in ${region}`

const columns: readonly TableProps.ColumnDefinition<Lane>[] = [
  { id: 'region', header: 'Region', cell: ({ region }) => region, isRowHeader: true },
  { id: 'service', header: 'Service', cell: ({ type }) => serviceNames[type] },
  {
    id: 'picture',
    header: 'Picture',
    minWidth: 180,
    cell: (lane) => <StackedBar label={nameOf(lane)} parts={partsOf(lane)} />,
  },
  { id: 'settled', header: 'Settled', cell: ({ settled, total }) => `${figure(settled)} of ${figure(total)}` },
  { id: 'sent', header: 'Sent to AWS', cell: ({ sent }) => figure(sent) },
  { id: 'attention', header: 'Needs attention', cell: ({ attention }) => figure(attention) },
  { id: 'pace', header: 'Calls a second', cell: ({ perSecond }) => perSecond.toFixed(1) },
]

const partsOf = ({ pending, claimed, proving, settled, attention, stopped }: Lane) =>
  [
    // A resource may need attention for one of its tags while another is still being proved.
    { kind: 'done', count: Math.max(0, settled - attention - stopped), label: 'settled' },
    { kind: 'attention', count: Math.min(settled, attention), label: 'need attention' },
    { kind: 'stopped', count: stopped, label: 'cancelled' },
    { kind: 'proving', count: claimed + proving, label: 'sent, not yet proved' },
    { kind: 'waiting', count: pending, label: 'waiting' },
  ] as const

/** One row per Region and service: each has a request quota of its own and goes on whatever the others do. */
export function LanesTable({ removal: { lanes, state } }: { removal: Removal }) {
  return (
    <Table
      items={lanes}
      trackBy={nameOf}
      columnDefinitions={state === 'settled' ? columns.filter(({ id }) => id !== 'pace') : columns}
      ariaLabels={{ tableLabel: 'Progress per Region and service' }}
      header={
        <Header
          variant="h2"
          counter={`(${lanes.length})`}
          description="Each Region and service has its own request quota."
        >
          Regions
        </Header>
      }
      empty="Nothing is planned in any Region."
    />
  )
}
