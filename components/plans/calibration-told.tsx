'use client'
import Alert from '@cloudscape-design/components/alert'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { counted } from '#components/ui/counted.ts'
import { Instant } from '#components/ui/instant.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { CalibrationFound, Disagreement } from '#lib/calibration.ts'

const computedWords: Record<Disagreement['computed'], string> = {
  allow: 'Untag computed that you may, and AWS refused',
  deny: 'Untag computed that you may not, and AWS did it',
}

/** What AWS answered when it was asked about the operator's present access. */
export function CalibrationTold({ calibration }: { calibration: CalibrationFound }) {
  const { checkedAt, resources, agreeing, undecided, disagreements } = calibration
  const tried = (
    <>
      tried on {counted(resources, 'resource')} <Instant at={checkedAt} as="age" />
      {undecided > 0 && `; ${counted(undecided, 'answer')} could not be compared`}
    </>
  )
  const agree = `${counted(agreeing, 'answer')} of AWS ${agreeing === 1 ? 'agrees' : 'agree'} with what Untag computed`
  if (disagreements.length === 0) {
    return (
      <StatusIndicator type={agreeing > 0 ? 'success' : 'info'}>
        {agree} for you ({tried})
      </StatusIndicator>
    )
  }
  return (
    <Alert
      type="warning"
      header={`AWS answered otherwise than Untag computed for you: ${counted(disagreements.length, 'answer')}`}
    >
      Something is missing from the picture, such as a policy that nobody could read. These actions count as unknown on
      every resource of their type. {agree} ({tried}).
      <ul className="untag-tight-list">
        {disagreements.map((each) => (
          <Told key={`${each.arn} ${each.action}`} disagreement={each} />
        ))}
      </ul>
    </Alert>
  )
}

function Told({ disagreement: { arn, name, action, computed, message } }: { disagreement: Disagreement }) {
  return (
    <li className="untag-break" title={arn}>
      <Prose text={`\`${action}\` on \`${name}\`: ${computedWords[computed]}`} />{' '}
      {message !== null && <Prose text={message} />}
    </li>
  )
}
