'use client'
import Alert from '@cloudscape-design/components/alert'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { StackedBar } from '#components/removals/stacked-bar.tsx'
import { directionWords } from '#components/removals/wording.ts'
import { counted, figure } from '#components/ui/counted.ts'
import { TagText } from '#components/ui/tag-text.tsx'
import { visibleText } from '#components/ui/visible-text.ts'
import type { CountedProtection } from '#lib/impact-review.ts'
import { protectionSentence } from '#lib/protected-tags.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { WarningNote } from './warning-note.tsx'

type TagKey = Plan['tagKeys'][number]

interface PlanTagKeysProps {
  plan: Plan
  /** What speaks against removing them, once that is known. */
  protectedTags: readonly CountedProtection[]
}

const columnsOf = ({ plan: { totals }, protectedTags }: PlanTagKeysProps): TableProps.ColumnDefinition<TagKey>[] => [
  { id: 'key', header: 'Tag key', isRowHeader: true, minWidth: 160, cell: ({ key }) => <TagText text={key} /> },
  {
    id: 'picture',
    header: `Share of the ${counted(totals.resources, 'resource')}`,
    minWidth: 200,
    cell: ({ key, resources }) => (
      <StackedBar
        label={visibleText(key)}
        parts={[
          { kind: 'proving', count: resources, label: 'resources with this tag' },
          { kind: 'waiting', count: totals.resources - resources, label: 'resources without it' },
        ]}
      />
    ),
  },
  { id: 'resources', header: 'Resources', cell: ({ resources }) => figure(resources) },
  { id: 'values', header: 'Different values', cell: ({ distinctValues }) => figure(distinctValues) },
  {
    id: 'notes',
    header: 'Note',
    cell: ({ key, sensitive }) => {
      const notes = [
        ...(sensitive ? ['Looks sensitive'] : []),
        ...protectedTags
          .filter(({ tagKey }) => tagKey === key)
          .map(({ protection, resources }) => `${protectionSentence(protection)} (${counted(resources, 'resource')})`),
      ]
      return notes.length === 0 ? (
        <span aria-hidden>–</span>
      ) : (
        notes.map((note) => <WarningNote key={note} text={note} />)
      )
    },
  },
]

/** What is changed, summed up per tag key; tag keys that should not stand in a log are pointed out before they do. */
export function PlanTagKeys({ plan, protectedTags }: PlanTagKeysProps) {
  const sensitive = plan.tagKeys.filter((tagKey) => tagKey.sensitive)
  const { review } = directionWords[plan.direction]
  return (
    <SpaceBetween size="s">
      <Table
        items={plan.tagKeys}
        trackBy="key"
        columnDefinitions={columnsOf({ plan, protectedTags })}
        wrapLines
        ariaLabels={{ tableLabel: `Tag keys to ${review}` }}
        header={
          <Header variant="h2" counter={`(${figure(plan.tagKeys.length)})`}>
            Tag keys to {review}
          </Header>
        }
      />
      {sensitive.length > 0 && (
        <Alert type="warning" header={`${counted(sensitive.length, 'tag key looks', 'tag keys look')} sensitive`}>
          AWS CloudTrail logs the parameters of every call, tag keys included. Starting writes{' '}
          {sensitive.length === 1 ? 'this tag key' : 'these tag keys'} to the trail once more.
        </Alert>
      )}
    </SpaceBetween>
  )
}
