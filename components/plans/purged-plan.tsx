'use client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { PurgedPlan as Purged } from '#lib/removal/purged-plan.ts'

/** In place of a review that was purged with the old values: when, why, and where what is left of it stands. */
export function PurgedPlan({ plan: { removalId, direction, purgedAt } }: { plan: Purged }) {
  const started = direction === 'remove' ? 'removal' : 'put-back'
  return (
    <ContentLayout header={<Header variant="h1">This review was purged</Header>}>
      <Alert
        type="info"
        action={
          <SpaceBetween size="s" direction="horizontal" alignItems="center">
            <Button iconName="download" href={paths.removalFile(removalId, 'report.html')} download>
              Report to print
            </Button>
            <SoftLink href={paths.removal(removalId)}>Open the {started}</SoftLink>
          </SpaceBetween>
        }
      >
        The {started} that was made of it keeps old values only for as long as{' '}
        <SoftLink href={paths.settings()}>the settings</SoftLink> say, or until somebody purges them. They were purged
        on <Instant at={purgedAt} as="day" />, and the review, which held them too, went with them. Outcomes, request
        ids and the audit log are still there.
      </Alert>
    </ContentLayout>
  )
}
