'use client'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { change } from '#components/ui/read.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { CheckAgainstAws } from './check-against-aws.tsx'
import { ImpactPicture } from './impact-picture.tsx'
import { ImpactProgress } from './impact-progress.tsx'
import { ImpactTold } from './impact-told.tsx'
import { NotRead } from './not-read.tsx'
import { Outsiders } from './outsiders.tsx'
import type { PlanView } from './plan-view.ts'
import { ProtectedNote } from './protected-note.tsx'
import { isAnalysing, planKey } from './queries.ts'

interface AccessImpactProps {
  plan: Plan
  impact: ImpactReview
  actions: Pick<PlanActions, 'analyseAgain' | 'calibrate'>
  /** Shows the resources of a verdict or a sign. */
  onShow: (view: Partial<PlanView>) => void
}

/** Who loses and who gains access, at a glance; while it is analysed, how far that is. */
export function AccessImpact({ plan, impact, actions, onShow }: AccessImpactProps) {
  const client = useQueryClient()
  const again = useMutation({
    mutationFn: () => change(actions.analyseAgain, { planId: plan.id }),
    onSuccess: () => client.invalidateQueries({ queryKey: planKey(plan.id) }),
  })
  const idle = !isAnalysing(impact) && impact.start?.state !== 'checking' && plan.removalId === null
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={<Described impact={impact} />}
          actions={
            <Button
              iconName="refresh"
              loading={again.isPending}
              loadingText="Asking for it"
              disabled={!idle}
              onClick={() => again.mutate()}
            >
              Analyse again
            </Button>
          }
        >
          Access impact
        </Header>
      }
    >
      <SpaceBetween size="l">
        {again.error && <ErrorNote title="It could not be analysed again" error={again.error} />}
        {isAnalysing(impact) && <ImpactProgress impact={impact} />}
        {impact.state === 'failed' && (
          <ErrorNote
            title="The access impact could not be analysed"
            error={impact.problem ?? { code: 'bug', message: 'no reason is known; try again' }}
            retry={() => again.mutate()}
          />
        )}
        {impact.state === 'ready' && <Ready plan={plan} impact={impact} onShow={onShow} />}
        {impact.state === 'ready' && (
          <CheckAgainstAws planId={plan.id} impact={impact} calibrate={actions.calibrate} disabled={!idle} />
        )}
      </SpaceBetween>
    </Container>
  )
}

function Ready({ plan, impact, onShow }: Pick<AccessImpactProps, 'plan' | 'impact' | 'onShow'>) {
  const { notRead, outsiders } = impact.picture ?? { notRead: [], outsiders: [] }
  return (
    <SpaceBetween size="l">
      <ImpactPicture verdicts={impact.verdicts} onShow={(verdict) => onShow({ verdict, sign: null })} />
      <ImpactTold impact={impact} direction={plan.direction} onShow={(sign) => onShow({ verdict: null, sign })} />
      {impact.protectedTags.length > 0 && (
        <ProtectedNote
          protectedTags={impact.protectedTags}
          resources={impact.signs.protected}
          onShow={() => onShow({ verdict: null, sign: 'protected' })}
        />
      )}
      {notRead.length > 0 && <NotRead parts={notRead} />}
      {outsiders.length > 0 && <Outsiders outsiders={outsiders} />}
    </SpaceBetween>
  )
}

function Described({ impact: { state, picture, readyAt } }: { impact: ImpactReview }) {
  if (state !== 'ready' || readyAt === null) return 'Who loses and who gains access.'
  return (
    <>
      Predicted from AWS’s documentation, analysed <Instant at={readyAt} as="age" />
      {picture && (
        <>
          {' '}
          for {counted(picture.principals, 'principal')}, read from IAM{' '}
          <Instant at={picture.principalsReadAt} as="age" />
        </>
      )}
      .
    </>
  )
}
