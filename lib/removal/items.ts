import { type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { appended } from '../audit/append.ts'
import { theConsole } from '../audit-event.ts'
import { canaryUnderWay } from '../canary.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import type { Direction } from './state.ts'

/** How long a claim is good for. Longer than any single call may take, so a sender knows that it is still the only one. */
export const LEASE_SECONDS = 60
export const PROOF_MINUTES = 10
const DUE_SECONDS_MAX = 120

/** An item that this worker, and no other, may work on until its lease ends. */
export interface ClaimedItem {
  id: number
  removalId: string
  /** Of whoever started the removal; nobody else's calls may go out for it. */
  scope: string
  direction: Direction
  arn: Arn
  type: ResourceType
  region: string
  name: string
  lane: string
  fence: number
  attempts: number
  /** A call was sent before and nobody knows how it ended. */
  sent: boolean
  /** The removal was cancelled since, or its canary stopped; only what was sent is still looked after. */
  cancelled: boolean
  /** Goes before an old value when the audit log hashes it. */
  valueSalt: string
  /** The tags that have no outcome yet, with their reviewed values. */
  tags: Tag[]
}

/**
 * Claims waiting items of a lane, and those whose worker fell silent. The intent is committed with the claim; the old
 * values stand in the items' tags since the removal was started.
 */
export async function claimItems(store: Store, lane: string, itemsMax: number): Promise<ClaimedItem[]> {
  return rowsOf<ClaimedItem>(
    store,
    sql`with claimed as (
      update items set state = 'claimed', fence = fence + 1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where id in (
        select i.id from items i join removals r on r.id = i.removal_id
        where i.lane = ${lane} and ${claimable} order by i.due_at, i.id limit ${itemsMax} for update of i skip locked)
      returning *)
    select c.id::int as id, c.removal_id as "removalId", r.scope, r.direction, c.arn, c.type, c.region, c.name, c.lane, c.fence,
      c.attempts, c.sent_at is not null as sent, ${isStopped} as cancelled, r.value_salt as "valueSalt",
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key), '[]') from item_tags t
        where t.item_id = c.id and t.outcome = 'pending') as tags
    from claimed c join removals r on r.id = c.removal_id order by c.due_at, c.id`,
  )
}

/** Until a canary has passed nothing else goes, and nothing at all before it is known what holds now. */
const itsTurn = sql`(r.canary is null or r.canary = 'passed' or (i.canary and r.canary <> 'preparing'))`

/** What a settled item and a tag key of it are set to when they are tried once more. */
export const itemAnew = sql`state = 'pending', attempts = 0, due_at = now(), settled_at = null`
export const tagAnew = sql`outcome = 'pending', problem = null, clean_since = null, seen_clean = false`

/** Nothing is ever to wait longer than that: what seems to was written before the clock was set back. */
export const isDue = sql`(i.due_at <= now() or i.due_at > now() + make_interval(secs => ${DUE_SECONDS_MAX}))`

/** Nothing more is to be sent for removal `r`; what was sent is still looked after. */
export const isStopped = sql`(r.cancelled or r.canary is not distinct from 'stopping')`

const claimable = sql`r.state = 'running' and (not ${isStopped} or i.sent_at is not null) and ${itsTurn} and (
  (i.state = 'pending' and ${isDue}) or (i.state = 'claimed' and i.lease_until <= now()))`

const isCancelled = sql`(${isStopped} and r.state <> 'settled'
  and (i.state = 'pending' or (i.state = 'claimed' and i.lease_until <= now())))`

/** Settles the items of cancelled and stopped removals for which nothing was ever sent, those that a dead worker had claimed too. */
export async function settleCancelled(store: Store, lane: string): Promise<void> {
  await rowsOf(store, cancelUnsent(sql`i.lane = ${lane} and ${isCancelled}`))
}

/** A statement that settles those items `i` of removals `r` for which nothing was ever sent, as cancelled. */
export function cancelUnsent(chosen: SQL): SQL {
  return sql`
    with stopped as (
      update items i set state = 'settled', settled_at = now() from removals r
      where r.id = i.removal_id and i.sent_at is null and ${chosen}
      returning i.id, i.removal_id, i.arn),
    tags as (
      update item_tags t set outcome = 'cancelled' from stopped
      where t.outcome = 'pending' and t.item_id = stopped.id returning stopped.removal_id, stopped.arn, t.key),
    events as (
      select removal_id, jsonb_agg(jsonb_build_object('action', 'tag.outcome', 'resource', arn, 'tagKey', key,
        'outcome', 'cancelled') order by arn, key) as told from tags group by removal_id order by removal_id)
    select ${appended(sql`removal_id`, sql`told`)} from events`
}

const isEnded = sql`(r.state <> 'settled' and (r.canary is null or r.canary not in ${canaryUnderWay}) and not exists (
  select from items i where i.removal_id = r.id and i.state <> 'settled'))`

/** Settles removals that have nothing left to do; one whose canary is under way has, even when all of it goes first. */
export async function settleRemovals(store: Store): Promise<void> {
  await rowsOf(store, settleEnded)
}

/** The same as a statement, for a transaction that does more. */
export const settleEnded = sql`
    with ended as (
      update removals r set state = 'settled', settled_at = now(), pause_reason = null, pause_message = null
      where ${isEnded} returning r.id),
    counted as (
      select ended.id, t.outcome, count(*) as tags from ended
      join items i on i.removal_id = ended.id join item_tags t on t.item_id = i.id group by 1, 2),
    events as (
      select id, jsonb_build_array(jsonb_build_object('action', 'removal.settled', 'actor', ${JSON.stringify(theConsole)}::jsonb,
        'details', jsonb_object_agg(outcome, tags))) as told from counted group by id order by id)
    select ${appended(sql`id`, sql`told`)} from events`

/** What a lane has before it. */
export interface Outlook {
  /** Milliseconds until it has something to write: 0 when it has now, null when nothing will come up by itself. */
  write: number | null
  /** The same for proofs. */
  prove: number | null
  /** Something in it was cancelled, or stopped: see {@link settleCancelled}. */
  hasCancelled: boolean
  /** A removal, of this lane or another, has nothing left to do: see {@link settleRemovals}. */
  hasEnded: boolean
}

/** Looks at what a lane has before it for removals that may go on. */
export async function lookAhead(store: Store, lane: string): Promise<Outlook> {
  const msUntil = (instant: SQL, chosen: SQL) =>
    sql`ceil(extract(epoch from min(greatest(${instant}, now())) filter (where ${chosen}) - now()) * 1000)::int`
  const dueAt = sql`case when ${isDue} then now() else i.due_at end`
  const writeAt = sql`case i.state when 'claimed' then i.lease_until else ${dueAt} end`
  const [outlook] = await rowsOf<Outlook>(
    store,
    sql`select
        ${msUntil(writeAt, sql`i.state <> 'proving' and r.state = 'running' and ${itsTurn}`)} as write,
        ${msUntil(dueAt, sql`i.state = 'proving' and ${provable}`)} as prove,
        coalesce(bool_or(i.sent_at is null and ${isCancelled}), false) as "hasCancelled",
        exists (select from removals r where ${isEnded}) as "hasEnded"
      from items i join removals r on r.id = i.removal_id
      where i.lane = ${lane} and i.state in ('pending', 'claimed', 'proving')`,
  )
  if (!outlook) throw new Error('a count over no rows is a row')
  return outlook
}

/** Proving only reads, so it goes on while the operator pauses; without credentials it cannot. */
export const provable = sql`(r.state = 'running' or (r.state = 'paused' and r.pause_reason = 'operator'))`

/**
 * Stops removals until something outside has changed; the message is for the operator. Those that the operator has paused
 * stand still altogether then: their proofs cannot go on either.
 */
export async function pauseRemovals(
  store: Store,
  which: { removalId: string } | { lane: string; notOf: string },
  reason: 'credentials' | 'otherIdentity',
  message: string,
): Promise<void> {
  const chosen =
    'removalId' in which
      ? sql`id = ${which.removalId}`
      : sql`scope <> ${which.notOf} and id in (select removal_id from items where lane = ${which.lane} and state <> 'settled')`
  await rowsOf(
    store,
    sql`with locked as materialized (
      select id from removals
      where (state = 'running' or (state = 'paused' and pause_reason = 'operator')) and ${chosen}
      order by id for update),
    paused as (
      update removals set state = 'paused', pause_reason = ${reason}, pause_message = ${message}
      where id in (select id from locked) returning id)
    select ${appended(sql`id`, [{ action: 'removal.paused', actor: theConsole, details: { reason, message } }])}
    from (select id from paused order by id) paused`,
  )
}
