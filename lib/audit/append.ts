import { type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '../audit-event.ts'
import { consoleChain } from '../audit-event.ts'
import type { Store } from '../store/store.ts'

/**
 * A call of the database's function that appends events to a chain, for use inside the statement that does what they
 * record; last in it, for the chain is locked until the transaction ends. The chain is a removal's id or `console`, as
 * text or as a column. The events are ours, or JSON that the statement itself has put together.
 */
export function appended(chain: string | SQL, events: readonly AuditEvent[] | SQL): SQL {
  const told = Array.isArray(events) ? sql`${JSON.stringify(events)}::jsonb` : events
  return sql`append_audit_events(${chain}::text, ${told})`
}

/**
 * Appends events in the transaction of what they record: at its end, so that the chain is locked for a short time only.
 * Of a removal's chain, an event without an actor is whoever started it; elsewhere each names its own.
 */
export async function appendEvents(
  db: Pick<Store['db'], 'execute'>,
  chain: string,
  events: readonly AuditEvent[],
): Promise<void> {
  await db.execute(sql`select ${appended(chain, events)}`)
}

/** Records what somebody did that belongs to no removal. */
export async function appendToConsole(
  db: Pick<Store['db'], 'execute'>,
  event: AuditEvent & { actor: NonNullable<AuditEvent['actor']> },
): Promise<void> {
  await appendEvents(db, consoleChain, [event])
}

/**
 * For a statement that several removals share: of rows with `id`, `removal_id` and `events`, all the events of each
 * removal, in the order in which statements that run at once must lock the chains.
 */
export function eventsOfChains(rows: SQL): SQL {
  return sql`select removal_id, jsonb_agg(event order by id, place) as told
    from ${rows}, jsonb_array_elements(events) with ordinality each(event, place) group by removal_id order by removal_id`
}
