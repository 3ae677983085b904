'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { figure } from '#components/ui/counted.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import { impactVerdicts } from '#lib/item-impact.ts'
import type { Drop } from './actions.ts'
import type { PlanView } from './plan-view.ts'
import type { Dropping } from './use-drop.ts'

interface DropButtonsProps {
  impact: ImpactReview
  view: PlanView
  dropping: Dropping
  locked: boolean
}

const unsafe = impactVerdicts.filter((verdict) => verdict !== 'none')

/** Drops everything of which it is not known that nothing changes, or what the filter shows. */
export function DropButtons({ impact, view, dropping, locked }: DropButtonsProps) {
  const filtered = dropOf(view, impact)
  const count = unsafe.reduce((sum, verdict) => sum + impact.verdicts[verdict], 0)
  const disabled = locked || impact.state !== 'ready'
  return (
    <SpaceBetween size="xs" direction="horizontal">
      {filtered && (
        <Button
          loading={dropping.busy}
          disabled={disabled || filtered.count === 0 || view.text !== ''}
          {...(view.text !== '' && { disabledReason: 'clear the text first: it would be dropped beyond what you see' })}
          onClick={() => dropping.drop(filtered.drop)}
        >
          {`Drop these ${figure(filtered.count)}`}
        </Button>
      )}
      <Button
        loading={dropping.busy}
        disabled={disabled || count === 0}
        onClick={() => dropping.drop({ by: 'verdicts', verdicts: unsafe })}
      >
        {`Drop everything that is not safe (${figure(count)})`}
      </Button>
    </SpaceBetween>
  )
}

function dropOf({ verdict, sign }: PlanView, { verdicts, signs }: ImpactReview): { drop: Drop; count: number } | null {
  if (verdict !== null) return { drop: { by: 'verdicts', verdicts: [verdict] }, count: verdicts[verdict] }
  return sign === null ? null : { drop: { by: 'sign', sign }, count: signs[sign] }
}
