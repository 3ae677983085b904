'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { TableProps } from '@cloudscape-design/components/table'
import { OutcomeStatus } from '#components/removals/outcome-status.tsx'
import { StartedBy } from '#components/removals/started-by.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import type { ListedEvent } from '#lib/audit/list-events.ts'
import { auditActions, consoleChain } from '#lib/audit-event.ts'
import type { EventRef } from '#lib/audit-view.ts'
import { paths } from '#lib/paths.ts'
import { type EventSubject, eventSubject } from './event-subject.ts'
import { ResourceLink } from './resource-link.tsx'

/** The columns of the log; choosing an action opens its event. */
export function eventColumns(onOpen: (event: EventRef) => void): TableProps.ColumnDefinition<ListedEvent>[] {
  return [
    { id: 'at', header: 'When', minWidth: 120, cell: ({ at }) => <Instant at={at} as="second" /> },
    {
      id: 'action',
      header: 'What',
      minWidth: 150,
      isRowHeader: true,
      cell: ({ action, chain, seq }) => (
        <Button variant="inline-link" onClick={() => onOpen({ chain, seq })}>
          {auditActions[action]}
        </Button>
      ),
    },
    {
      id: 'subject',
      header: 'On what',
      minWidth: 200,
      cell: ({ resource, resourceName, tagKey, ...event }) => (
        <>
          {resource !== null && <ResourceLink arn={resource} name={resourceName} />}
          <Subject of={eventSubject(event)} />
          {tagKey !== null && (
            <Box variant="small" display="block">
              tag <TagText text={tagKey} />
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'outcome',
      header: 'Outcome',
      minWidth: 140,
      cell: ({ outcome }) => outcome !== null && <OutcomeStatus outcome={outcome} />,
    },
    {
      id: 'who',
      header: 'Who',
      minWidth: 180,
      cell: ({ actorName, address }) => (
        <>
          <StartedBy arn={actorName} />
          {address !== null && (
            <Box variant="small" display="block">
              from {address}
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'removal',
      header: 'Removal',
      minWidth: 100,
      cell: ({ chain }) =>
        chain !== consoleChain && (
          <SoftLink href={paths.removal(chain)} ariaLabel={`Removal ${chain}`}>
            {chain.slice(0, 8)}
          </SoftLink>
        ),
    },
  ]
}

function Subject({ of }: { of: EventSubject | null }) {
  if (of === null) return null
  return <span className="untag-break">{of.href ? <SoftLink href={of.href}>{of.text}</SoftLink> : of.text}</span>
}
