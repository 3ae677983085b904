import { sql } from 'drizzle-orm'
import { appended, eventsOfChains } from '../audit/append.ts'
import { hashValue } from '../audit/value-hash.ts'
import type { AuditEvent } from '../audit-event.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { together } from '../store/together.ts'
import type { Tag } from '../tag.ts'
import { type ClaimedItem, isStopped, LEASE_SECONDS } from './items.ts'

/** How old the word that a call may be sent can be; leaves the call itself enough of the lease. */
const WORD_SECONDS_MAX = 20

/** What is about to be sent for an item, and with which credentials. */
export interface Sending {
  tags: readonly Tag[]
  accessKeyId: string
}

/**
 * Asks immediately before a call whether it may still be sent: the claim is ours and its lease holds, and the removal
 * is neither paused nor cancelled, nor its canary stopped. Yes renews the lease, notes that something is on its way, and has told the audit log
 * of each tag key: without that, no call. A word that took too long to arrive is a no.
 */
export async function maySend(store: Store, item: ClaimedItem, sending: Sending): Promise<boolean> {
  const age = await askTogether(store, { id: item.id, fence: item.fence, events: eventsOf(item, sending) })
  return age !== undefined && age() < WORD_SECONDS_MAX
}

/**
 * Seconds since now. A process that was stopped while the word was on its way to it must not act upon it: its lease may
 * have ended. Both clocks are asked, for the one may jump and the other stands still while a computer sleeps.
 */
function ageOfWord(): () => number {
  const [wall, steady] = [Date.now(), performance.now()]
  return () => Math.max(Date.now() - wall, performance.now() - steady) / 1000
}

interface Ask {
  id: number
  fence: number
  events: AuditEvent[]
}

const eventsOf = ({ arn, valueSalt }: ClaimedItem, { tags, accessKeyId }: Sending): AuditEvent[] =>
  tags.map(({ key, value }) => ({
    action: 'call.sent',
    resource: arn,
    tagKey: key,
    valueHash: hashValue(valueSalt, value),
    accessKeyId,
  }))

/** Answers with the age of a yes. */
const askTogether = together<Ask, (() => number) | undefined>(async (store, asks) => {
  const age = ageOfWord()
  const rows = await rowsOf<{ claim: string }>(
    store,
    sql`with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as asked(id bigint, fence int, events jsonb)),
    ours as (
      update items set sent_at = coalesce(sent_at, now()), lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from asked where items.id = asked.id and items.fence = asked.fence and items.state = 'claimed'
        and items.lease_until > now() and exists (
        select from removals r where r.id = items.removal_id and r.state = 'running' and not ${isStopped})
      returning items.id, items.fence, items.removal_id, asked.events),
    chains as (${eventsOfChains(sql`ours`)}),
    logged as materialized (select ${appended(sql`removal_id`, sql`told`)} from chains)
    select id || ' ' || fence as claim from ours, (select count(*) from logged) once`,
  )
  // Not by the item alone: who slept through the end of its lease may ask together with whoever has claimed it since.
  const allowed = new Set(rows.map(({ claim }) => claim))
  return asks.map(({ id, fence }) => (allowed.has(`${id} ${fence}`) ? age : undefined))
})
