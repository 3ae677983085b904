'use client'
import Button from '@cloudscape-design/components/button'
import type { TableProps } from '@cloudscape-design/components/table'
import { KeyAndValue } from '#components/removals/item-tags.tsx'
import { ResourceName } from '#components/removals/resource-name.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { ImpactCell } from './impact-cell.tsx'
import type { Show } from './plan-view.ts'
import { TagNotes } from './tag-notes.tsx'
import type { Dropping } from './use-drop.ts'

interface ColumnsInput {
  plan: Plan
  impact: ImpactReview
  dropping: Dropping
  /** The plan was started, or is about to be: it stays as it is. */
  locked: boolean
  onOpen: (item: PlanItem) => void
}

type Column = TableProps.ColumnDefinition<PlanItem>

/** The columns of what a plan would change, and of what it leaves out. */
export function columnsOf(input: ColumnsInput): Record<Show, Column[]> {
  const { plan, impact, dropping, locked, onOpen } = input
  // What was started has nothing left to choose.
  const choosing = (column: Column) => (plan.removalId === null ? [column] : [])
  return {
    included: [
      { ...resource, width: '30%' },
      {
        id: 'tags',
        header: tagsHeader[plan.direction],
        width: '27%',
        cell: (item) => (
          <>
            {item.tags.map((tag) => (
              <KeyAndValue key={tag.key} tag={tag} />
            ))}
            {item.problem && <Prose text={item.problem.message} />}
            {plan.direction === 'remove' && <TagNotes item={item} />}
          </>
        ),
      },
      {
        id: 'impact',
        header: 'Access impact',
        width: '31%',
        cell: (item) => (
          <ImpactCell item={item} direction={plan.direction} analysis={impact} onOpen={() => onOpen(item)} />
        ),
      },
      ...choosing({
        id: 'drop',
        header: 'Leave out',
        width: '12%',
        minWidth: 110,
        cell: ({ arn, name, region }) => (
          <Button
            wrapText={false}
            ariaLabel={`Drop ${name} in ${region}`}
            disabled={locked || dropping.busy}
            onClick={() => dropping.drop({ by: 'arns', arns: [arn] })}
          >
            Drop
          </Button>
        ),
      }),
    ],
    skipped: [
      { ...resource, width: '40%' },
      {
        id: 'reason',
        header: 'Why it is left out',
        width: '45%',
        cell: ({ sentence, problem }) => <Prose text={[sentence, problem?.message].filter(Boolean).join(': ')} />,
      },
      ...choosing({
        id: 'undrop',
        header: 'Take in',
        width: '15%',
        minWidth: 160,
        cell: ({ arn, name, region, skipped }) =>
          skipped === 'dropped' ? (
            <Button
              wrapText={false}
              ariaLabel={`Take ${name} in ${region} in again`}
              disabled={locked || dropping.busy}
              onClick={() => dropping.undrop([arn])}
            >
              Take in again
            </Button>
          ) : (
            <span aria-hidden>–</span>
          ),
      }),
    ],
  }
}

const resource: Column = {
  id: 'resource',
  header: 'Resource',
  isRowHeader: true,
  cell: (item) => <ResourceName of={item} />,
}

const tagsHeader = {
  remove: 'Tags to remove, with their current values',
  putBack: 'Tags to put back, with their stored values',
} as const satisfies Record<Plan['direction'], string>
