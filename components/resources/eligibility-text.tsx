import Popover from '@cloudscape-design/components/popover'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Prose } from '#components/ui/prose.tsx'
import { type Ineligibility, ineligibilities } from '#lib/eligibility.ts'
import { ineligibleLabels } from './labels.ts'

/** Whether a resource can take part in a removal; if not, the reason opens. */
export function EligibilityText({ ineligible }: { ineligible: Ineligibility | null }) {
  if (ineligible === null) return <StatusIndicator type="success">Yes</StatusIndicator>
  return (
    <Popover
      size="medium"
      triggerType="text"
      wrapTriggerText={false}
      renderWithPortal
      header="Tags cannot be removed"
      content={<Prose text={ineligibilities[ineligible].sentence} />}
    >
      <StatusIndicator type="stopped">No: {ineligibleLabels[ineligible]}</StatusIndicator>
    </Popover>
  )
}
