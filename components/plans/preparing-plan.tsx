'use client'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { percentOf } from '#components/removals/wording.ts'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Plan } from '#lib/removal/read-plan.ts'

/** How far the live reads are. The page shows the review by itself once they are done. */
export function PreparingPlan({ plan: { selected, read }, error }: { plan: Plan; error: Error | null }) {
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Nothing is changed by this. You may leave the page and come back to its address."
        >
          Preparing the review
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error && <ErrorNote title="What you see may be out of date" type="warning" error={error} />}
        <Container>
          <ProgressBar
            label="Reading the tags of every chosen resource from AWS, as they are now"
            value={selected === 0 ? 0 : percentOf(read, selected)}
            additionalInfo={
              selected === 0
                ? 'Finding the chosen resources'
                : `${figure(read)} of ${counted(selected, 'resource')} read`
            }
          />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  )
}
