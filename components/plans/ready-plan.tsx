'use client'
import Alert from '@cloudscape-design/components/alert'
import ContentLayout from '@cloudscape-design/components/content-layout'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { ImpactActions } from '#components/impact/actions.ts'
import { AffectedMatrix } from '#components/impact/affected-matrix.tsx'
import { AddressProblems } from '#components/ui/address-problems.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { ImpactReview } from '#lib/impact-review.ts'
import { paths } from '#lib/paths.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { AccessImpact } from './access-impact.tsx'
import type { PlanActions } from './actions.ts'
import { ItemDetails } from './item-details.tsx'
import { Owners } from './owners.tsx'
import { type CallQuotas, PlanFacts } from './plan-facts.tsx'
import { PlanItems } from './plan-items.tsx'
import { PlanSiblings } from './plan-siblings.tsx'
import { PlanTagKeys } from './plan-tag-keys.tsx'
import type { PlanView } from './plan-view.ts'
import { ReviewHeader } from './review-header.tsx'
import { StartForm } from './start-form.tsx'
import { TakeElsewhere } from './take-elsewhere.tsx'
import { useDrop } from './use-drop.ts'
import { usePlanView } from './use-plan-view.ts'
import { useStart } from './use-start.ts'

interface ReadyPlanProps {
  plan: Plan
  impact: ImpactReview
  /** Of the last read of either: what is shown may be out of date. */
  error: Error | null
  actions: PlanActions
  impactActions: ImpactActions
  quotas: CallQuotas
}

/** Everything that is read before anything is sent: who loses and gains access, what, where, how long. */
export function ReadyPlan({ plan, impact, error, actions, impactActions, quotas }: ReadyPlanProps) {
  const { direction, totals, removalId } = plan
  const { problems, ...state } = usePlanView()
  const start = useStart(plan, impact, actions)
  const dropping = useDrop(plan, actions)
  const [opened, setOpened] = useState<PlanItem | null>(null)
  const locked = removalId !== null || start.busy
  const empty = totals.tags === 0
  const analysis = impact.state === 'ready' &&
    impact.impactId !== null && {
      planId: plan.id,
      impactId: impact.impactId,
      direction,
      actions: impactActions,
    }
  const show = (view: Partial<PlanView>) => {
    state.setView({ show: 'included', text: '', ...view })
    document.getElementById(ITEMS_ID)?.scrollIntoView()
  }
  return (
    <ContentLayout
      notifications={<LiveRegion hidden>{announcement(plan, impact)}</LiveRegion>}
      header={<ReviewHeader plan={plan} />}
    >
      <SpaceBetween size="l">
        {error && <ErrorNote title="What you see may be out of date" type="warning" error={error} />}
        {problems.length > 0 && <AddressProblems problems={problems} />}
        {removalId !== null && <Started removalId={removalId} />}
        {empty && <NothingToDo plan={plan} />}
        {isUnreviewed(plan, impact) && <NotAnalysed />}
        {!empty && !isUnreviewed(plan, impact) && (
          <AccessImpact plan={plan} impact={impact} actions={actions} onShow={show} />
        )}
        <PlanFacts plan={plan} quotas={quotas} />
        {plan.siblingsTotal > 0 && <PlanSiblings plan={plan} planSiblings={actions.planSiblings} />}
        <div id={ITEMS_ID} className="untag-anchor">
          <PlanItems
            plan={plan}
            impact={impact}
            listItems={actions.listItems}
            state={state}
            dropping={dropping}
            locked={locked}
            onOpen={setOpened}
          />
        </div>
        {!empty && analysis && <AffectedMatrix {...analysis} />}
        {!empty && <PlanTagKeys plan={plan} protectedTags={impact.protectedTags} />}
        {!empty && direction === 'remove' && <Owners plan={plan} noteOwners={actions.noteOwners} locked={locked} />}
        <TakeElsewhere plan={plan} />
        {!empty && removalId === null && (
          <StartForm plan={plan} impact={impact} start={start} offerCanary={actions.offerCanary} />
        )}
        {opened && analysis && <ItemDetails item={opened} analysis={analysis} onClose={() => setOpened(null)} />}
      </SpaceBetween>
    </ContentLayout>
  )
}

const ITEMS_ID = 'items'

/** Whether it was begun without a review: by a canary that failed. */
export const isUnreviewed = ({ removalId }: Plan, { impactId }: ImpactReview) => removalId !== null && impactId === null

/** For those who hear the page: only what has come to an end, not how far it is. */
function announcement(plan: Plan, impact: ImpactReview): string {
  const { state, start } = impact
  if (start?.state === 'checking') return 'The start is being checked'
  if (start?.state === 'refused') return 'Nothing was started; read the review again'
  if (start?.state === 'failed') return 'Nothing was started; the check came to nothing'
  if (plan.totals.tags === 0 || isUnreviewed(plan, impact)) return ''
  if (state === 'failed') return 'The access impact could not be analysed'
  return state === 'ready' ? 'The access impact is analysed' : 'Analysing the access impact'
}

function Started({ removalId }: { removalId: string }) {
  return (
    <Alert
      type="info"
      header="This plan was already started"
      action={<SoftLink href={paths.removal(removalId)}>Open the removal</SoftLink>}
    >
      A plan starts once. To do it again, choose anew: the tags are then read again.
    </Alert>
  )
}

function NotAnalysed() {
  return (
    <Alert type="info" header="It was not analysed before its start">
      The canary of a removal failed, and this puts back at once what had gone: it restores what was reviewed.
    </Alert>
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
