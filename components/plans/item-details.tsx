'use client'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { ResourceName } from '#components/removals/resource-name.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Direction } from '#lib/removal/state.ts'
import { itemFacts } from './item-facts.ts'
import { OwnersNote } from './owners-note.tsx'
import { VerdictStatus } from './verdict-status.tsx'

interface ItemDetailsProps {
  item: PlanItem
  direction: Direction
  onClose: () => void
}

/** Everything about what a plan does to access to one resource. */
export function ItemDetails({ item, direction, onClose }: ItemDetailsProps) {
  const { impact } = item
  if (impact === null) return null
  return (
    <Modal visible size="large" header="Access impact" closeAriaLabel="Close" onDismiss={onClose}>
      <SpaceBetween size="m">
        <ResourceName of={item} />
        <VerdictStatus verdict={impact.verdict} />
        <ul className="untag-tight-list">
          {itemFacts(item.type, impact, direction).map((fact) => (
            <li key={fact}>
              <Prose text={fact} />
            </li>
          ))}
          {impact.unknownBecause.map((reason) => (
            <li key={reason} className="untag-break">
              Unknown: <Prose text={reason} />
            </li>
          ))}
        </ul>
        {direction === 'remove' && (
          <OwnersNote
            tags={item.allTags ?? item.tags}
            tagKeys={item.tags.map(({ key }) => key)}
            terraform={item.terraform === null ? [] : [item.terraform]}
          />
        )}
      </SpaceBetween>
    </Modal>
  )
}
