'use client'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ImpactProps } from '#components/impact/actions.ts'
import { ItemImpactPanel } from '#components/impact/item-impact-panel.tsx'
import { ResourceName } from '#components/removals/resource-name.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import { itemFacts } from './item-facts.ts'
import { OwnersNote } from './owners-note.tsx'
import { VerdictStatus } from './verdict-status.tsx'

interface ItemDetailsProps {
  item: PlanItem
  /** The analysis that the item's impact is of. */
  analysis: ImpactProps
  onClose: () => void
}

/** Everything about what a plan does to access to one resource. */
export function ItemDetails({ item, analysis, onClose }: ItemDetailsProps) {
  const { direction } = analysis
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
        <ItemImpactPanel {...analysis} arn={item.arn} />
      </SpaceBetween>
    </Modal>
  )
}
