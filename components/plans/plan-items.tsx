'use client'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { directionWords } from '#components/removals/wording.ts'
import { figure } from '#components/ui/counted.ts'
import { DroppedNote } from './dropped-note.tsx'
import { ItemsTable, type ItemsTableProps } from './items-table.tsx'
import type { Show } from './plan-view.ts'

/** Resource by resource what will be changed and what that does to access, and what is left out and why. */
export function PlanItems(props: ItemsTableProps) {
  const { plan, state, dropping } = props
  const { view, setView } = state
  const list = <ItemsTable key={view.show} {...props} />
  return (
    <SpaceBetween size="s">
      <DroppedNote dropping={dropping} />
      <Tabs
        ariaLabel="What the plan holds"
        activeTabId={view.show}
        onChange={({ detail }) => setView({ show: detail.activeTabId as Show, text: '', verdict: null, sign: null })}
        tabs={[
          {
            id: 'included',
            label: `To ${directionWords[plan.direction].review} (${figure(plan.totals.resources)})`,
            content: list,
          },
          { id: 'skipped', label: `Left out (${figure(plan.totals.skipped)})`, content: list },
        ]}
      />
    </SpaceBetween>
  )
}
