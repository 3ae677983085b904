'use client'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { Acknowledged } from './acknowledged.tsx'
import { tagsOfKind } from './outcome-summary.ts'
import { RemovalStatus } from './removal-status.tsx'
import { StartedBy } from './started-by.tsx'

/** Who started it, when, from which plan, and what it belongs together with. */
export function RemovalFacts({ removal }: { removal: Removal }) {
  const { reverses, putBackBy, direction } = removal
  const opposite = direction === 'remove' ? 'put-back' : 'removal'
  return (
    <Container header={<Header variant="h2">Overview</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={190}
        items={[
          {
            label: 'State',
            value: (
              <RemovalStatus
                {...removal}
                canary={removal.canary?.state ?? null}
                attention={tagsOfKind(removal.tags.byOutcome, 'attention')}
              />
            ),
          },
          { label: 'Started', value: <Instant at={removal.startedAt} /> },
          { label: 'Ended', value: removal.settledAt === null ? 'not yet' : <Instant at={removal.settledAt} /> },
          { label: 'Started by', value: <StartedBy arn={removal.startedBy} /> },
          { label: 'Acknowledged before the start', value: <Acknowledged removal={removal} /> },
          { label: 'Reviewed plan', value: <ReviewedPlan removal={removal} /> },
          ...(reverses === null
            ? []
            : [
                { label: 'Reverses', value: <SoftLink href={paths.removal(reverses)}>An earlier {opposite}</SoftLink> },
              ]),
          ...putBackBy.map(({ id }, index) => ({
            label: putBackBy.length === 1 ? 'Reversed by' : `Reversed by (${index + 1})`,
            value: <SoftLink href={paths.removal(id)}>A later {opposite}</SoftLink>,
          })),
        ]}
      />
    </Container>
  )
}

/** The plan holds old values too, so it goes with them. */
function ReviewedPlan({ removal: { planId, oldValues } }: { removal: Removal }) {
  if (oldValues.purgedAt === null) return <SoftLink href={paths.plan(planId)}>Open the review</SoftLink>
  return (
    <>
      purged on <Instant at={oldValues.purgedAt} as="day" />
    </>
  )
}
