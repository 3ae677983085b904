import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { EventRef } from '#lib/audit-view.ts'
import { isUnderWay } from '#lib/under-way.ts'
import type { AuditActions, ListedView } from './actions.ts'
import type { TrailActions } from './trail-panel.tsx'

const POLL_MS = 1000
const STATUS_POLL_MS = 15_000

export const auditKey = ['audit'] as const
export const auditStatusKey = [...auditKey, 'status'] as const

export const eventsQuery = (listEvents: AuditActions['listEvents'], view: ListedView) =>
  queryOptions({
    queryKey: [...auditKey, 'events', view],
    queryFn: () => read(listEvents, view),
    placeholderData: keepPreviousData,
  })

/** What is in the log never changes, but whether another event follows. */
export const eventQuery = (readEvent: AuditActions['readEvent'], ref: EventRef) =>
  queryOptions({ queryKey: [...auditKey, 'event', ref], queryFn: () => read(readEvent, ref) })

/** How the log stands; asked for every second while it is being verified. */
export const auditStatusQuery = (readStatus: AuditActions['readStatus']) =>
  queryOptions({
    queryKey: auditStatusKey,
    queryFn: () => read(readStatus, {}),
    refetchInterval: ({ state }) => (state.data?.verification.state === 'running' ? POLL_MS : STATUS_POLL_MS),
  })

export const trailKey = (removalId: string) => [...auditKey, 'trail', removalId] as const

/** A removal's newest comparison with CloudTrail; asked for every second while one is under way. */
export const trailQuery = (readTrail: TrailActions['readTrail'], removalId: string) =>
  queryOptions({
    queryKey: trailKey(removalId),
    queryFn: () => read(readTrail, { removalId }),
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? POLL_MS : false),
  })
