'use client'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { changeTitle } from '#components/removals/wording.ts'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import { ChangeSelection } from './change-selection.tsx'
import { START_ID } from './start-form.tsx'

/** What is reviewed, how old it is, and the ways back and on. */
export function ReviewHeader({ plan }: { plan: Plan }) {
  const { direction, totals, removalId } = plan
  return (
    <Header
      variant="h1"
      description={<Described plan={plan} />}
      actions={
        <SpaceBetween size="m" direction="horizontal" alignItems="center">
          <ChangeSelection plan={plan} />
          {totals.tags > 0 && removalId === null && (
            <Button variant="primary" onClick={() => document.getElementById(START_ID)?.focus()}>
              Continue to confirmation
            </Button>
          )}
        </SpaceBetween>
      }
    >
      {`Review: ${changeTitle(direction, totals.tags, totals.resources, 'review')}`}
    </Header>
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
