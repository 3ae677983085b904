'use client'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { PlanActions } from './actions.ts'
import { CalibrationTold } from './calibration-told.tsx'
import { planKey } from './queries.ts'

interface CheckAgainstAwsProps {
  planId: string
  impact: ImpactReview
  calibrate: PlanActions['calibrate']
  disabled: boolean
}

/** Holds what was computed of the operator's present access against AWS, on demand, and says what came of it. */
export function CheckAgainstAws({ planId, impact, calibrate, disabled }: CheckAgainstAwsProps) {
  const client = useQueryClient()
  const { impactId, calibration } = impact
  const checking = useMutation({
    mutationFn: () => change(calibrate, { planId, impactId: impactId ?? '' }),
    onSettled: () => client.invalidateQueries({ queryKey: planKey(planId) }),
  })
  return (
    <SpaceBetween size="xs">
      {checking.error && <ErrorNote title="It could not be checked against AWS" error={checking.error} />}
      {calibration && <CalibrationTold calibration={calibration} />}
      <Button
        iconName="check"
        loading={checking.isPending}
        loadingText="Asking AWS"
        disabled={disabled || impactId === null}
        onClick={() => checking.mutate()}
      >
        Check against AWS
      </Button>
    </SpaceBetween>
  )
}
