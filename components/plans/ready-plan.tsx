'use client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { changeTitle } from '#components/removals/wording.ts'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { AccessImpact } from './access-impact.tsx'
import type { PlanActions } from './actions.ts'
import { ChangeSelection } from './change-selection.tsx'
import { type CallQuotas, PlanFacts } from './plan-facts.tsx'
import { PlanItems } from './plan-items.tsx'
import { PlanSiblings } from './plan-siblings.tsx'
import { PlanTagKeys } from './plan-tag-keys.tsx'
import { ACKNOWLEDGEMENT_ID, StartForm } from './start-form.tsx'

interface ReadyPlanProps {
  plan: Plan
  actions: PlanActions
  quotas: CallQuotas
}

/** Everything that is read before anything is sent: what, where, how long, what is left out, and what is not known. */
export function ReadyPlan({ plan, actions, quotas }: ReadyPlanProps) {
  const { direction, totals, removalId } = plan
  const empty = totals.tags === 0
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<Described plan={plan} />}
          actions={
            <SpaceBetween size="m" direction="horizontal" alignItems="center">
              <ChangeSelection plan={plan} />
              {!empty && removalId === null && (
                <Button variant="primary" onClick={() => document.getElementById(ACKNOWLEDGEMENT_ID)?.focus()}>
                  Continue to confirmation
                </Button>
              )}
            </SpaceBetween>
          }
        >
          {`Review: ${changeTitle(direction, totals.tags, totals.resources, 'review')}`}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {removalId !== null && (
          <Alert
            type="info"
            header="This plan was already started"
            action={<SoftLink href={paths.removal(removalId)}>Open the removal</SoftLink>}
          >
            A plan starts once. To do it again, choose anew: the tags are then read again.
          </Alert>
        )}
        {empty && <NothingToDo plan={plan} />}
        <PlanFacts plan={plan} quotas={quotas} />
        {!empty && <AccessImpact direction={direction} />}
        {!empty && <PlanTagKeys plan={plan} />}
        {plan.siblingsTotal > 0 && <PlanSiblings plan={plan} planSiblings={actions.planSiblings} />}
        <PlanItems plan={plan} listItems={actions.listItems} />
        {!empty && removalId === null && <StartForm plan={plan} startRemoval={actions.startRemoval} />}
      </SpaceBetween>
    </ContentLayout>
  )
}

function Described({ plan: { readyAt, reverses } }: { plan: Plan }) {
  return (
    <>
      Read from AWS {readyAt === null ? 'just now' : <Instant at={readyAt} as="age" />}. A tag that changes before its
      turn comes is left alone.
      {reverses !== null && (
        <>
          {' '}
          This reverses <SoftLink href={paths.removal(reverses)}>an earlier removal</SoftLink>.
        </>
      )}
    </>
  )
}

function NothingToDo({ plan: { direction, selected } }: { plan: Plan }) {
  return (
    <Alert type="info" header={direction === 'remove' ? 'There is nothing to remove' : 'There is nothing to put back'}>
      {selected === 0
        ? 'No resource matches what was chosen any more.'
        : 'Every chosen resource is left out; the reasons stand in the table below.'}
    </Alert>
  )
}
