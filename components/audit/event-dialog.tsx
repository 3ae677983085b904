'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { OutcomeStatus } from '#components/removals/outcome-status.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import type { EventDetail, ListedEvent } from '#lib/audit/list-events.ts'
import { auditActions, consoleChain } from '#lib/audit-event.ts'
import type { EventRef } from '#lib/audit-view.ts'
import { paths } from '#lib/paths.ts'
import type { AuditActions } from './actions.ts'
import styles from './audit.module.css'
import { eventQuery } from './queries.ts'
import { ResourceLink } from './resource-link.tsx'

interface EventDialogProps {
  readEvent: AuditActions['readEvent']
  of: EventRef
  onOpen: (event: EventRef) => void
  onClose: () => void
}

/** One event with all that the log holds of it; its address stands in the page's. */
export function EventDialog({ readEvent, of, onOpen, onClose }: EventDialogProps) {
  const { data, error, refetch } = useQuery(eventQuery(readEvent, of))
  return (
    <Modal
      visible
      size="large"
      header={data ? auditActions[data.event.action] : 'Event'}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Neighbour of={of.chain} seq={data?.previous} onOpen={onOpen}>
              Event before
            </Neighbour>
            <Neighbour of={of.chain} seq={data?.next} onOpen={onOpen}>
              Next event
            </Neighbour>
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {error && <ErrorNote title="The event could not be read" error={error} retry={() => void refetch()} />}
      {data ? <EventTold event={data.event} isIntact={data.isIntact} /> : !error && <Spinner />}
    </Modal>
  )
}

interface NeighbourProps {
  /** The chain. */
  of: string
  seq: number | null | undefined
  onOpen: (event: EventRef) => void
  children: string
}

function Neighbour({ of: chain, seq, onOpen, children }: NeighbourProps) {
  return (
    <Button disabled={seq == null} onClick={() => seq != null && onOpen({ chain, seq })}>
      {children}
    </Button>
  )
}

function EventTold({ event, isIntact }: Pick<EventDetail, 'event' | 'isIntact'>) {
  return (
    <SpaceBetween size="m">
      <KeyValuePairs columns={2} items={factsOf(event)} />
      {event.details !== null && (
        <Labelled label="Details">
          <JsonView label="Details" text={event.details} />
        </Labelled>
      )}
      <KeyValuePairs
        columns={1}
        items={[
          ...(event.valueHash === null
            ? []
            : [{ label: 'Salted SHA-256 of the old value', value: <Hash text={event.valueHash} /> }]),
          {
            label: 'Hash of this event',
            value: (
              <>
                <Hash text={event.hash} />{' '}
                {isIntact ? (
                  <StatusIndicator>what stands here gives this hash</StatusIndicator>
                ) : (
                  <StatusIndicator type="error">what stands here gives another hash: it was changed</StatusIndicator>
                )}
              </>
            ),
          },
          { label: 'Hash of the event before', value: <Hash text={event.previous} /> },
        ]}
      />
    </SpaceBetween>
  )
}

function factsOf(event: ListedEvent): KeyValuePairsProps.Item[] {
  const {
    chain,
    seq,
    at,
    actorId,
    actorName,
    address,
    resource,
    resourceName,
    tagKey,
    outcome,
    requestId,
    accessKeyId,
  } = event
  const place =
    chain === consoleChain ? (
      `Console, event ${seq}`
    ) : (
      <SoftLink href={paths.removal(chain)}>{`Removal ${chain}`}</SoftLink>
    )
  const facts: [label: string, value: ReactNode | null][] = [
    ['When', <Instant key="at" at={at} as="second" />],
    [
      'Part of',
      chain === consoleChain ? (
        place
      ) : (
        <>
          {place}, event {seq}
        </>
      ),
    ],
    [
      'Who',
      <span key="who" className="untag-break">
        {actorName}
      </span>,
    ],
    ['Account and unique id', actorId],
    ['From address', address],
    ['Resource', resource && <ResourceLink arn={resource} name={resourceName} />],
    ['ARN', resource && <span className="untag-break">{resource}</span>],
    ['Tag key', tagKey && <TagText text={tagKey} />],
    ['Outcome', outcome && <OutcomeStatus outcome={outcome} />],
    ['Request id of AWS', requestId],
    ['Access key id', accessKeyId],
  ]
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}

const Hash = ({ text }: { text: string }) => <span className={styles.hash}>{text}</span>

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {children}
    </div>
  )
}
