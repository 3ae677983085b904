'use client'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'

type File = Parameters<typeof paths.planFile>[1]

const files: { file: File; label: string; text: string }[] = [
  {
    file: 'review.html',
    label: 'Review to print',
    text: 'One HTML file with everything on this page, for a ticket or an approval.',
  },
  { file: 'review.json', label: 'Review as JSON', text: 'The same for programs.' },
  {
    file: 'apply.sh',
    label: 'AWS CLI script',
    text: 'The calls of this plan, for those who send them by other means. It proves nothing and stores nothing.',
  },
  {
    file: 'restore.sh',
    label: 'AWS CLI script, reversed',
    text: 'Reverses the other script with the values of this plan. Keep it before you run the other.',
  },
]

/** The review and its calls as files. */
export function TakeElsewhere({ plan: { id, state, totals } }: { plan: Plan }) {
  if (state !== 'ready' || totals.tags === 0) return null
  return (
    <ExpandableSection headerText="Take it elsewhere" variant="container">
      <KeyValuePairs
        columns={2}
        items={files.map(({ file, label, text }) => ({
          label: (
            <Link href={paths.planFile(id, file)} external={false}>
              {label}
            </Link>
          ),
          value: <Box variant="small">{text}</Box>,
        }))}
      />
    </ExpandableSection>
  )
}
