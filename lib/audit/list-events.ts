import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { isResourceArn } from '../arn.ts'
import { type AuditAction, auditActions, consoleChain, type LoggedEvent, theConsole } from '../audit-event.ts'
import {
  type AuditProperty,
  type AuditView,
  auditPropertyNames,
  EVENTS_PER_PAGE,
  type EventRef,
  partsOfSpan,
} from '../audit-view.ts'
import { ExpectedError } from '../errors.ts'
import { contains } from '../store/contains.ts'
import { auditEvents as events, items, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { hashEvent } from './hash-event.ts'
import { loggedEvent } from './read-chain.ts'

const EVENTS_PER_READ = 1000

/**
 * What one caller may see: the chains of their own removals, and of everything else what they did or Untag did by itself.
 * What another identity did would name resources that this one may not be able to list.
 */
const eventsVisibleTo = (db: Store['db'], scope: string) =>
  or(
    inArray(
      events.chain,
      db
        .select({ id: sql`${removals.id}::text` })
        .from(removals)
        .where(eq(removals.scope, scope)),
    ),
    and(eq(events.chain, consoleChain), inArray(events.actorId, [scope, theConsole.id])),
  )

/** What an event must be like for each property of the filter. */
const holds: Record<AuditProperty, (value: string) => SQL | undefined> = {
  who: (value) => or(contains(events.actorName, value), eq(events.actorId, value)),
  action: (value) => sql`${events.action} = ${value}`,
  removal: (value) => eq(events.chain, value),
  resource: (value) => (isResourceArn(value) ? eq(events.resource, value) : contains(events.resource, value)),
  tagKey: (value) => eq(events.tagKey, value),
  outcome: (value) => sql`${events.outcome} = ${value}`,
  requestId: (value) => eq(events.requestId, value),
  accessKeyId: (value) => eq(events.accessKeyId, value),
  address: (value) => eq(events.address, value),
  text: (value) =>
    or(
      ...[events.actorName, events.resource, events.tagKey, events.requestId, events.details].map((column) =>
        contains(column, value),
      ),
      inArray(events.action, actionsCalled(value)),
    ),
}

/** The actions in whose name, as the page shows it or as an export has it, a text stands; cases do not matter. */
const actionsCalled = (text: string) =>
  (Object.keys(auditActions) as AuditAction[]).filter((action) =>
    `${action} ${auditActions[action]}`.toLowerCase().includes(text.toLowerCase()),
  )

type Shown = Pick<AuditView, 'filters' | 'last' | 'from' | 'to'>

const shownTo = (db: Store['db'], scope: string, { filters, last, from, to }: Shown) =>
  and(
    eventsVisibleTo(db, scope),
    ...auditPropertyNames.map((name) => {
      const values = filters.filter(({ property }) => property === name).map(({ value }) => value)
      return values.length === 0 ? undefined : or(...values.map(holds[name]))
    }),
    last === null ? undefined : sql`${events.at} >= now() - make_interval(mins => ${partsOfSpan(last).minutes})`,
    from === null ? undefined : gte(events.at, new Date(from)),
    to === null ? undefined : lt(events.at, new Date(to)),
  )

const newestFirst = [desc(events.at), desc(events.chain), desc(events.seq)]

/** An event as the page shows it. */
export interface ListedEvent extends LoggedEvent {
  /** As the resource was called when its removal was started; null where no removal knows it. */
  resourceName: string | null
}

/** One page of the events that a caller may see and a view asks for, newest first, and how many there are. */
export async function listEvents(
  { db }: Pick<Store, 'db'>,
  scope: string,
  { page, ...shown }: Shown & { page: number },
): Promise<{ rows: ListedEvent[]; matched: number }> {
  const where = shownTo(db, scope, shown)
  const rows = await db
    .select(loggedEvent)
    .from(events)
    .where(where)
    .orderBy(...newestFirst)
    .limit(EVENTS_PER_PAGE)
    .offset((page - 1) * EVENTS_PER_PAGE)
  return { rows: await withNames(db, rows), matched: await db.$count(events, where) }
}

/** The log itself holds ARNs alone; the items of a removal know the names that go with them. */
async function withNames(db: Store['db'], rows: readonly LoggedEvent[]): Promise<ListedEvent[]> {
  const arns = [...new Set(rows.flatMap(({ resource }) => resource ?? []))]
  const chains = [...new Set(rows.flatMap(({ chain }) => (chain === consoleChain ? [] : chain)))]
  const known =
    arns.length === 0 || chains.length === 0
      ? []
      : await db
          .select({ chain: items.removalId, arn: items.arn, name: items.name })
          .from(items)
          .where(and(inArray(items.removalId, chains), inArray(items.arn, arns)))
  const names = new Map(known.map(({ chain, arn, name }) => [`${chain} ${arn}`, name]))
  return rows.map((row) => ({ ...row, resourceName: names.get(`${row.chain} ${row.resource}`) ?? null }))
}

/** All events of a view, newest first, a thousand at a time; what comes in while they are read is left out. */
export async function* eventPages(
  { db }: Pick<Store, 'db'>,
  scope: string,
  shown: Shown,
): AsyncGenerator<LoggedEvent[]> {
  const where = shownTo(db, scope, shown)
  for (let before: LoggedEvent | undefined; ; ) {
    const { at, chain, seq } = before ?? {}
    const older = before && sql`(${events.at}, ${events.chain}, ${events.seq}) < (${at}::timestamptz, ${chain}, ${seq})`
    const page = await db
      .select(loggedEvent)
      .from(events)
      .where(and(where, older))
      .orderBy(...newestFirst)
      .limit(EVENTS_PER_READ)
    if (page.length > 0) yield page
    before = page.at(-1)
    if (page.length < EVENTS_PER_READ) return
  }
}

/** An event, whether its fields still have the hash that it was written with, and its neighbours in the chain. */
export interface EventDetail {
  event: ListedEvent
  isIntact: boolean
  /** The nearest that this caller may see. */
  previous: number | null
  next: number | null
}

/**
 * One event by its place.
 *
 * @throws ExpectedError `notFound`, also when this caller may not see it
 */
export async function readEvent(
  { db }: Pick<Store, 'db'>,
  scope: string,
  { chain, seq }: EventRef,
): Promise<EventDetail> {
  const nearest = async (place: SQL, order: SQL) => {
    const ofChain = and(eventsVisibleTo(db, scope), eq(events.chain, chain), place)
    const [event] = await db.select(loggedEvent).from(events).where(ofChain).orderBy(order).limit(1)
    return event
  }
  const event = await nearest(eq(events.seq, seq), asc(events.seq))
  if (!event) throw new ExpectedError('notFound', 'there is no such event')
  const [named = { ...event, resourceName: null }] = await withNames(db, [event])
  const previous = await nearest(lt(events.seq, seq), desc(events.seq))
  const next = await nearest(gt(events.seq, seq), asc(events.seq))
  return {
    event: named,
    isIntact: hashEvent(event) === event.hash,
    previous: previous?.seq ?? null,
    next: next?.seq ?? null,
  }
}
