'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Steps from '@cloudscape-design/components/steps'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { change } from '#components/ui/read.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { type CanaryAnswer, canaryFailures } from '#lib/canary.ts'
import { paths } from '#lib/paths.ts'
import type { Canary } from '#lib/removal/canary/read.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { CanaryAffected } from './canary-affected.tsx'
import { CanaryFindings } from './canary-findings.tsx'
import { canaryAnswerLabels, canarySteps, canaryTitle } from './canary-words.ts'
import { removalsKey } from './queries.ts'
import { ReviewAge } from './review-age.tsx'
import { StartedBy } from './started-by.tsx'

interface CanaryPanelProps {
  removal: Removal
  canary: Canary
  actions: Pick<RemovalActions, 'affectedByCanary' | 'lookUpUse' | 'answerCanary' | 'planRest'>
}

/** What goes first, how far it is, and the question that decides about the rest. */
export function CanaryPanel({ removal, canary, actions }: CanaryPanelProps) {
  const { state, answers } = canary
  const asks = answers.length > 0
  return (
    <Container header={<Header variant="h2">{canaryTitle(canary)}</Header>}>
      <SpaceBetween size="l">
        {state === 'failed' && <FailedNote removal={removal} canary={canary} />}
        <Steps ariaLabel="Steps of the canary" steps={canarySteps(canary)} />
        <Answered canary={canary} />
        {asks && <Question removal={removal} canary={canary} actions={actions} />}
        {asks && <CanaryAffected removalId={removal.id} actions={actions} />}
        {canary.checks.some(({ result }) => result !== 'waiting') && <CanaryFindings findings={canary.checks} />}
      </SpaceBetween>
    </Container>
  )
}

function Question({ removal, canary, actions }: CanaryPanelProps) {
  const client = useQueryClient()
  const answering = useMutation({
    mutationFn: (answer: CanaryAnswer) => change(actions.answerCanary, { removalId: removal.id, answer }),
    onSettled: () => client.invalidateQueries({ queryKey: removalsKey }),
  })
  const button = (answer: CanaryAnswer) => (
    <Button
      key={answer}
      variant={answer === 'fine' ? 'primary' : 'normal'}
      loading={answering.isPending && answering.variables === answer}
      disabled={!canary.answers.includes(answer) || answering.isPending}
      disabledReason={answering.isPending ? 'your answer is on its way' : 'first it is waited and checked'}
      onClick={() => answering.mutate(answer)}
    >
      {canaryAnswerLabels(canary)[answer]}
    </Button>
  )
  return (
    <SpaceBetween size="s">
      <Box variant="h3" padding="n">
        Did anything break?
      </Box>
      <Box color="text-body-secondary">
        Ask those who stand below, look at your alarms and error rates; take the time that you need. Nothing else is
        touched before you answer.
      </Box>
      {canary.rest > 0 && <ReviewAge removal={removal} planRest={actions.planRest} />}
      {answering.error && <ErrorNote title="Your answer was not taken" error={answering.error} />}
      <SpaceBetween size="xs" direction="horizontal">
        {button('fine')}
        {button('broke')}
      </SpaceBetween>
    </SpaceBetween>
  )
}

function Answered({ canary: { state, answeredBy, endedAt } }: Pick<CanaryPanelProps, 'canary'>) {
  if (answeredBy === null || endedAt === null) return null
  return (
    <Box>
      “Did anything break?” was answered by <StartedBy arn={answeredBy} />, <Instant at={endedAt} />:{' '}
      {state === 'passed' ? 'nothing broke' : 'something broke'}.
    </Box>
  )
}

function FailedNote({ removal, canary: { failure, putBack, rest } }: { removal: Removal; canary: Canary }) {
  const reversal = removal.putBackBy.find(({ id }) => id === putBack)
  return (
    <Alert
      type="error"
      header={`The canary failed: ${canaryFailures[failure ?? 'answer']}`}
      action={putBack !== null && <SoftLink href={paths.removal(putBack)}>Open the put-back</SoftLink>}
    >
      {putBack === null
        ? 'Nothing had been changed, so there was nothing to put back.'
        : reversal?.state === 'settled'
          ? 'What had gone was put back; its page says what came of it.'
          : reversal?.state === 'paused'
            ? 'Putting back what had gone is paused; its page says why.'
            : 'What had gone is being put back.'}{' '}
      {rest > 0 && `The other ${counted(rest, 'resource was', 'resources were')} never touched.`}
    </Alert>
  )
}
