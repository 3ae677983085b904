'use client'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Plan } from '#lib/removal/read-plan.ts'
import { ChangeSelection } from './change-selection.tsx'

/** Why there is nothing to review, and the way back to choose again. */
export function FailedPlan({ plan }: { plan: Plan }) {
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Nothing was changed." actions={<ChangeSelection plan={plan} />}>
          No review
        </Header>
      }
    >
      <ErrorNote
        title="This plan could not be prepared"
        error={plan.problem ?? { code: 'bug', message: 'no reason is known; choose again' }}
      />
    </ContentLayout>
  )
}
