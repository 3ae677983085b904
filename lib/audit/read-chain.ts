import { setImmediate as letOthersRun } from 'node:timers/promises'
import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { LoggedEvent } from '../audit-event.ts'
import { auditEvents as events } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { utcText } from '../store/utc-text.ts'

type Db = Pick<Store['db'], 'select'>

const EVENTS_PER_READ = 500

/** The columns of a {@link LoggedEvent}, for a query of ours over the log. */
export const loggedEvent = {
  chain: events.chain,
  seq: events.seq,
  at: utcText(events.at),
  actorId: events.actorId,
  actorName: events.actorName,
  address: events.address,
  action: events.action,
  resource: events.resource,
  tagKey: events.tagKey,
  valueHash: events.valueHash,
  outcome: events.outcome,
  requestId: events.requestId,
  accessKeyId: events.accessKeyId,
  details: events.details,
  previous: events.previous,
  hash: events.hash,
}

/** A chain in its order, whole or up to an event, a few hundred at a time. */
export async function* chainPages(db: Db, chain: string, seqMax?: number): AsyncGenerator<LoggedEvent[]> {
  for (let after = 0; ; ) {
    // The embedded database answers within the turn of the event loop: a long chain would hold up everybody else.
    await letOthersRun()
    const page = await db
      .select(loggedEvent)
      .from(events)
      .where(
        and(eq(events.chain, chain), gt(events.seq, after), seqMax === undefined ? undefined : lte(events.seq, seqMax)),
      )
      .orderBy(asc(events.seq))
      .limit(EVENTS_PER_READ)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < EVENTS_PER_READ) return
    after = last.seq
  }
}
