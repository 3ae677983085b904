'use client'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ItemsEmpty } from '#components/removals/items-empty.tsx'
import { AddressProblems } from '#components/ui/address-problems.tsx'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { useHydrated } from '#components/ui/hydrated.ts'
import { change } from '#components/ui/read.ts'
import { defaultAuditView, EVENTS_PER_PAGE } from '#lib/audit-view.ts'
import { paths } from '#lib/paths.ts'
import type { AuditActions } from './actions.ts'
import { AuditFilter } from './audit-filter.tsx'
import { eventColumns } from './columns.tsx'
import { EventDialog } from './event-dialog.tsx'
import { LogFindings, LogStatus } from './log-status.tsx'
import { auditStatusKey, auditStatusQuery, eventsQuery } from './queries.ts'
import { useAuditView } from './use-audit-view.ts'

/** What was done, by whom, and how the log can be trusted. */
export function AuditLog({ actions }: { actions: AuditActions }) {
  const { view, problems, setView } = useAuditView()
  const { event, ...listed } = view
  const page = useQuery(eventsQuery(actions.listEvents, listed))
  const status = useQuery(auditStatusQuery(actions.readStatus))
  const client = useQueryClient()
  const verifying = useMutation({
    mutationFn: () => change(actions.verify, {}),
    onSuccess: (told) => client.setQueryData(auditStatusKey, told),
  })
  // Rendered by the server, a sticky header stands there twice and moves the rows when the page comes to life.
  const hydrated = useHydrated()
  const columns = useMemo(() => eventColumns((ref) => setView({ event: ref })), [setView])
  const matched = page.data?.matched
  const isFiltered = view.filters.length > 0 || view.last !== null || view.from !== null || view.to !== null
  return (
    <SpaceBetween size="m">
      {problems.length > 0 && <AddressProblems problems={problems} />}
      {status.data && <LogFindings status={status.data} />}
      {status.error && <ErrorNote title="How the log stands could not be read" type="warning" error={status.error} />}
      {verifying.error && <ErrorNote title="The log could not be verified" error={verifying.error} />}
      {page.error && (
        <ErrorNote title="The events could not be read" error={page.error} retry={() => void page.refetch()} />
      )}
      <Table
        variant="full-page"
        stickyHeader={hydrated}
        items={page.data?.rows ?? []}
        trackBy={({ chain, seq }) => `${chain}:${seq}`}
        columnDefinitions={columns}
        wrapLines
        cellVerticalAlign="top"
        contentDensity="compact"
        loading={(page.data === undefined && page.error === null) || page.isPlaceholderData}
        loadingText="Reading the log"
        ariaLabels={{ tableLabel: 'Events' }}
        header={
          <Header
            variant="awsui-h1-sticky"
            {...(matched === undefined ? {} : { counter: `(${figure(matched)})` })}
            description={status.data && <LogStatus status={status.data} />}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Read the log again" onClick={() => void page.refetch()} />
                <Button
                  onClick={() => verifying.mutate()}
                  loading={verifying.isPending || status.data?.verification.state === 'running'}
                  loadingText="Verifying"
                >
                  Verify now
                </Button>
                <Button href={paths.auditEvents({ ...listed, page: 1 })} iconName="download">
                  Shown events as CSV
                </Button>
                <Button href={paths.auditLog()} iconName="download">
                  Signed log as JSONL
                </Button>
              </SpaceBetween>
            }
          >
            Audit log
          </Header>
        }
        filter={<AuditFilter view={view} setView={setView} matched={matched} />}
        pagination={
          <Pagination
            currentPageIndex={view.page}
            pagesCount={Math.max(1, Math.ceil((matched ?? 0) / EVENTS_PER_PAGE))}
            disabled={matched === undefined}
            onChange={({ detail }) => setView({ page: detail.currentPageIndex })}
          />
        }
        empty={
          <ItemsEmpty
            nothing="Nothing was done yet."
            filtered={isFiltered}
            beyond={(matched ?? 0) > 0}
            onClear={() => setView(defaultAuditView)}
          />
        }
      />
      {event && (
        <EventDialog
          readEvent={actions.readEvent}
          of={event}
          onOpen={(ref) => setView({ event: ref })}
          onClose={() => setView({ event: null })}
        />
      )}
    </SpaceBetween>
  )
}
