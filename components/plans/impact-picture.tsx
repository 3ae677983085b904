'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { StackedBar } from '#components/removals/stacked-bar.tsx'
import { counted, figure } from '#components/ui/counted.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import { type ImpactVerdict, impactVerdicts } from '#lib/item-impact.ts'
import { verdictWords } from './impact-words.ts'
import { VerdictStatus } from './verdict-status.tsx'

interface ImpactPictureProps {
  verdicts: ImpactReview['verdicts']
  onShow: (verdict: ImpactVerdict) => void
}

/** All resources by verdict, as one bar; each entry of its legend shows these resources below. */
export function ImpactPicture({ verdicts, onShow }: ImpactPictureProps) {
  const shown = impactVerdicts.filter((verdict) => verdicts[verdict] > 0)
  return (
    <SpaceBetween size="xs">
      <StackedBar
        label="Resources by what becomes of access"
        parts={shown.map((verdict) => ({
          kind: verdictWords[verdict].bar,
          count: verdicts[verdict],
          label: verdictWords[verdict].label,
        }))}
      />
      <SpaceBetween size="l" direction="horizontal">
        {shown.map((verdict) => (
          <Button
            key={verdict}
            variant="inline-link"
            ariaLabel={`Show the resources with verdict ${verdictWords[verdict].label}: ${counted(verdicts[verdict], 'resource')}`}
            onClick={() => onShow(verdict)}
          >
            <VerdictStatus verdict={verdict} count={figure(verdicts[verdict])} />
          </Button>
        ))}
      </SpaceBetween>
    </SpaceBetween>
  )
}
