'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type FormEvent, useState } from 'react'
import { changeTitle } from '#components/removals/wording.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { ImpactReview } from '#lib/impact-review.ts'
import { impactVerdicts } from '#lib/item-impact.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { AcknowledgementField } from './acknowledgement-field.tsx'
import { acknowledgementsOf, missing, nothingGiven } from './acknowledging.ts'
import type { PlanActions } from './actions.ts'
import { CanaryField } from './canary-field.tsx'
import { isAnalysing } from './queries.ts'
import { StartCheck } from './start-check.tsx'
import { useCanary } from './use-canary.ts'
import type { Start } from './use-start.ts'

/** Of the first control of the form. */
export const START_ID = 'start'

interface StartFormProps {
  plan: Plan
  impact: ImpactReview
  start: Start
  offerCanary: PlanActions['offerCanary']
}

/** The last step. What was typed stays as long as it is about the same analysis; pressed again and again, it starts once. */
export function StartForm({ plan, impact, start: { start, error, busy }, offerCanary }: StartFormProps) {
  const { direction, totals } = plan
  const canary = useCanary(plan, impact, offerCanary)
  const [given, setGiven] = useState(nothingGiven)
  const required = impact.state === 'ready' ? impact.required : []
  const disabledReason = reasonNot(impact, missing(given, impact).length) ?? canary.disabledReason
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (disabledReason === null && !busy) start({ acknowledgements: acknowledgementsOf(impact), canary: canary.chosen })
  }
  return (
    <form onSubmit={submit}>
      <Container header={<Header variant="h2">{changeTitle(direction, totals.tags, totals.resources, 'verb')}</Header>}>
        <SpaceBetween size="m">
          {impact.start && <StartCheck start={impact.start} />}
          {impact.state === 'ready' && isSafe(impact) && (
            <Box color="text-body-secondary">{safetyOf(impact.picture)}</Box>
          )}
          {required.map((one, index) => (
            <AcknowledgementField
              key={one.kind}
              id={index === 0 ? START_ID : `${START_ID}-${one.kind}`}
              required={one}
              impactId={impact.impactId ?? ''}
              direction={direction}
              given={given}
              onGive={setGiven}
              readOnly={busy}
            />
          ))}
          {canary.isOffered && <CanaryField canary={canary} readOnly={busy} />}
          {error && <ErrorNote title="It was not started" error={error} />}
          <Button
            variant="primary"
            formAction="submit"
            loading={busy}
            loadingText="Starting"
            disabled={disabledReason !== null}
            {...(required.length === 0 && { nativeButtonAttributes: { id: START_ID } })}
            {...(disabledReason !== null && { disabledReason })}
          >
            {direction === 'remove' ? 'Start removal' : 'Start putting back'}
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  )
}

function isSafe({ required, verdicts }: ImpactReview): boolean {
  return required.length === 0 && impactVerdicts.every((verdict) => verdict === 'none' || verdicts[verdict] === 0)
}

function safetyOf(picture: ImpactReview['picture']): string {
  if (picture?.notRead.length !== 0) return 'Nobody’s access changes in the layers that were read.'
  return picture.outsiders.length === 0
    ? 'Nobody’s access changes, and every layer was read.'
    : 'Nobody’s access changes in this account; outsiders that policies name are not analysed.'
}

function reasonNot(impact: ImpactReview, missing: number): string | null {
  if (isAnalysing(impact)) return 'the access impact is being analysed'
  if (impact.state === 'failed') return 'the access impact could not be analysed; try it again above'
  return missing > 0 ? 'first confirm and acknowledge what stands above' : null
}
