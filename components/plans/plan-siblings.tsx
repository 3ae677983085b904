'use client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'

const reasons = {
  multiRegionSibling: 'another Region of the same multi-Region key',
  primaryOfReplica: 'the primary of a replica that is left out',
} as const satisfies Record<Plan['siblings'][number]['why'], string>

/** Offers a new plan that also holds what belongs together with the chosen resources; this one stays as it is. */
export function PlanSiblings({ plan, planSiblings }: { plan: Plan; planSiblings: PlanActions['planSiblings'] }) {
  const router = useRouter()
  const planning = useMutation({
    mutationFn: () => change(planSiblings, { planId: plan.id }),
    onSuccess: ({ planId }) => router.push(paths.plan(planId)),
  })
  return (
    <SpaceBetween size="s">
      <Alert
        type="info"
        header={`${counted(plan.siblingsTotal, 'related resource is', 'related resources are')} not in this plan`}
        action={
          <Button
            onClick={() => planning.mutate()}
            loading={planning.isPending || planning.isSuccess}
            disabled={plan.removalId !== null}
            {...(plan.removalId !== null && { disabledReason: 'this plan was already started' })}
          >
            Review again with them
          </Button>
        }
      >
        Each Region of a multi-Region key has its own tags, and the tags of a replicated secret are changed on its
        primary.
        <ExpandableSection headerText="Show them">
          <ul>
            {plan.siblings.map(({ arn, why }) => (
              <li key={arn} className="untag-break">
                {arn}: {reasons[why]}
              </li>
            ))}
          </ul>
          {plan.siblingsTotal > plan.siblings.length && `and ${figure(plan.siblingsTotal - plan.siblings.length)} more`}
        </ExpandableSection>
      </Alert>
      {planning.error && <ErrorNote title="The new plan could not be made" error={planning.error} />}
    </SpaceBetween>
  )
}
