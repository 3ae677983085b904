'use client'
import Select, { type SelectProps } from '@cloudscape-design/components/select'
import { counted } from '#components/ui/counted.ts'
import { outcomes } from '#lib/outcome.ts'
import { type OutcomeCounts, occurring, tagsOfKind } from './outcome-summary.ts'
import type { ShownOutcome } from './queries.ts'

interface OutcomeFilterProps {
  counts: OutcomeCounts
  /** Tags that came back. */
  cameBack: number
  show: ShownOutcome
  onChange: (show: ShownOutcome) => void
}

/** Which outcomes the list shows. Offers those that occur, and the one in the address even when it does not. */
export function OutcomeFilter({ counts, cameBack, show, onChange }: OutcomeFilterProps) {
  const option = (value: ShownOutcome, label: string, tags: number): SelectProps.Option => ({
    value,
    label,
    description: counted(tags, 'tag'),
  })
  const all = Object.values(counts).reduce((sum, tags) => sum + tags, 0)
  const options = [
    option('all', 'All outcomes', all),
    option('attention', 'Needs attention', tagsOfKind(counts, 'attention')),
    ...(cameBack > 0 || show === 'cameBack' ? [option('cameBack', 'Came back since', cameBack)] : []),
    ...occurring(counts).map(({ outcome, tags }) => option(outcome, outcomes[outcome].label, tags)),
  ]
  const selected = options.find(({ value }) => value === show)
  const absent = show !== 'all' && show !== 'attention' && show !== 'cameBack' && option(show, outcomes[show].label, 0)
  return (
    <Select
      selectedOption={selected ?? (absent || null)}
      options={absent && !selected ? [...options, absent] : options}
      ariaLabel="Show items with outcome"
      inlineLabelText="Outcome"
      onChange={({ detail }) => onChange(detail.selectedOption.value as ShownOutcome)}
    />
  )
}
