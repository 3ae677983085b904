'use client'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { canaryRow } from '#lib/canary.ts'
import type { Outcome } from '#lib/outcome.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { OutcomePicture } from './outcome-picture.tsx'
import { durationText, percentOf } from './wording.ts'

interface RemovalProgressProps {
  removal: Removal
  onShow: (outcome: Outcome) => void
}

/** How far a removal is, how fast it goes, when it may be done, and what became of its tags so far. */
export function RemovalProgress({ removal, onShow }: RemovalProgressProps) {
  const settled = removal.state === 'settled'
  return (
    <Container header={<Header variant="h2">{settled ? 'Outcomes' : 'Progress'}</Header>}>
      <SpaceBetween size="l">
        {!settled && <Pace removal={removal} />}
        <OutcomePicture counts={removal.tags.byOutcome} onShow={onShow} />
      </SpaceBetween>
    </Container>
  )
}

function Pace({ removal: { state, items, perMinute, secondsLeft, share, canary } }: { removal: Removal }) {
  const paused = state === 'paused'
  const pace = `${figure(Math.round(perMinute))} resources a minute`
  const waits = canary !== null && !canaryRow(canary.state).isOver
  const left =
    secondsLeft === null
      ? waits
        ? 'known when the canary has passed'
        : 'not known yet'
      : `about ${durationText(secondsLeft)}`
  return (
    <SpaceBetween size="l">
      <ProgressBar
        label={`${figure(items.settled)} of ${counted(items.total, 'resource')} settled`}
        value={percentOf(items.settled, items.total)}
        additionalInfo={[
          `${figure(items.pending)} waiting`,
          `${figure(items.claimed)} being sent`,
          `${figure(items.proving)} being proved by reading back`,
        ].join(' · ')}
      />
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Pace', value: paused ? 'nothing is sent while paused' : pace },
          { label: 'Time left', value: paused ? 'paused' : left },
          { label: 'Share of AWS’s request quotas', value: `up to ${Math.round(share * 100)} %` },
        ]}
      />
    </SpaceBetween>
  )
}
