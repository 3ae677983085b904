'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { type Outcome, outcomes } from '#lib/outcome.ts'
import { OutcomeStatus } from './outcome-status.tsx'
import { type OutcomeCounts, occurring } from './outcome-summary.ts'
import { type BarPart, StackedBar } from './stacked-bar.tsx'

const barKind = (outcome: Outcome): BarPart['kind'] => (outcome === 'settling' ? 'proving' : outcomes[outcome].kind)

/** What became of all tags, as one bar; each entry of its legend shows these items below. */
export function OutcomePicture({ counts, onShow }: { counts: OutcomeCounts; onShow: (outcome: Outcome) => void }) {
  const shown = occurring(counts)
  return (
    <SpaceBetween size="xs">
      <StackedBar
        label="Outcomes of all tags"
        parts={shown.map(({ outcome, tags }) => ({
          kind: barKind(outcome),
          count: tags,
          label: outcomes[outcome].label,
        }))}
      />
      <SpaceBetween size="l" direction="horizontal">
        {shown.map(({ outcome, tags }) => (
          <Button
            key={outcome}
            variant="inline-link"
            ariaLabel={`Show the items with outcome ${outcomes[outcome].label}: ${counted(tags, 'tag')}`}
            onClick={() => onShow(outcome)}
          >
            <OutcomeStatus outcome={outcome} count={figure(tags)} />
          </Button>
        ))}
      </SpaceBetween>
    </SpaceBetween>
  )
}
