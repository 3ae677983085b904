'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Direction } from '#lib/removal/state.ts'
import { itemFacts } from './item-facts.ts'
import { isAnalysing } from './queries.ts'
import { VerdictStatus } from './verdict-status.tsx'

interface ImpactCellProps {
  item: PlanItem
  direction: Direction
  /** While it is not ready, the row may still have the verdict of an earlier one. */
  analysis: ImpactReview
  onOpen: () => void
}

/** The verdict of one resource, what it rests on in a few words, and the way to the details. */
export function ImpactCell({ item, direction, analysis, onOpen }: ImpactCellProps) {
  const { impact, name, region } = item
  if (impact === null || analysis.state !== 'ready') {
    return <StatusIndicator type="pending">{isAnalysing(analysis) ? 'Being analysed' : 'Not analysed'}</StatusIndicator>
  }
  const facts = itemFacts(item.type, impact, direction)
  return (
    <>
      <SpaceBetween size="s" direction="horizontal">
        <VerdictStatus verdict={impact.verdict} />
        <Button variant="inline-link" ariaLabel={`Details of ${name} in ${region}`} onClick={onOpen}>
          Details
        </Button>
      </SpaceBetween>
      {facts.length > 0 && <Box variant="small">{facts.join(' · ')}</Box>}
    </>
  )
}
