import { type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import type { Direction } from './state.ts'

/** How long a claim is good for. Longer than any single call may take, so a sender knows that it is still the only one. */
const LEASE_SECONDS = 60
export const PROOF_MINUTES = 10

/** An item that this worker, and no other, may work on until its lease ends. */
export interface ClaimedItem {
  id: number
  removalId: string
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
  /** The removal was cancelled since; only what was sent is still looked after. */
  cancelled: boolean
  /** The tags that have no outcome yet, with their reviewed values. */
  tags: Tag[]
}

export interface TagOutcome {
  key: string
  outcome: Outcome
  requestId?: string
  problem?: Problem
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
    select c.id::int as id, c.removal_id as "removalId", r.direction, c.arn, c.type, c.region, c.name, c.lane, c.fence,
      c.attempts, c.sent_at is not null as sent, r.cancelled,
      (select coalesce(json_agg(json_build_object('key', t.key, 'value', t.value) order by t.key), '[]') from item_tags t
        where t.item_id = c.id and t.outcome = 'pending') as tags
    from claimed c join removals r on r.id = c.removal_id order by c.due_at, c.id`,
  )
}

const claimable = sql`r.state = 'running' and (not r.cancelled or i.sent_at is not null) and (
  (i.state = 'pending' and i.due_at <= now()) or (i.state = 'claimed' and i.lease_until <= now()))`

/**
 * Asks immediately before a call whether it may still be sent: the claim is ours and its lease holds, and the removal
 * is neither paused nor cancelled. Yes renews the lease and notes that something is on its way.
 */
export async function maySend(store: Store, item: ClaimedItem): Promise<boolean> {
  const rows = await rowsOf(
    store,
    sql`update items set sent_at = coalesce(sent_at, now()), lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where id = ${item.id} and fence = ${item.fence} and state = 'claimed' and lease_until > now() and exists (
        select from removals r where r.id = items.removal_id and r.state = 'running' and not r.cancelled)
      returning id`,
  )
  return rows.length === 1
}

/** Commits what became of tag keys. Does nothing when the claim is no longer ours; then another worker decides. */
export async function recordOutcomes(store: Store, item: ClaimedItem, outcomes: readonly TagOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await rowsOf(store, sql`with told as (select * from ${asRows(outcomes)}) ${writeOutcomes(item)}`)
}

/**
 * Commits what became of tag keys and ends the claim with it: the item waits for its next try, is to be proved, or is
 * settled, as its tags' outcomes say. Does nothing when the claim is no longer ours.
 */
export async function finishClaim(
  store: Store,
  item: ClaimedItem,
  outcomes: readonly TagOutcome[] = [],
  next: { delaySeconds?: number; countsAsAttempt?: boolean; nothingSent?: boolean } = {},
): Promise<void> {
  // All parts of one statement see the rows as they were before it, so the new outcomes are laid over the old ones.
  const has = (outcome: Outcome) => sql`exists (select from item_tags t left join told using (key)
    where t.item_id = ${item.id} and coalesce(told.outcome, t.outcome) = ${outcome})`
  await rowsOf(
    store,
    sql`with told as (select * from ${asRows(outcomes)}), tags as (${writeOutcomes(item)})
    update items set
      state = case when ${has('pending')} then 'pending' when ${has('settling')} then 'proving' else 'settled' end,
      settled_at = case when ${has('pending')} or ${has('settling')} then null else now() end,
      due_at = now() + make_interval(secs => ${next.delaySeconds ?? 0}),
      attempts = attempts + ${next.countsAsAttempt ? 1 : 0},
      sent_at = case when ${Boolean(next.nothingSent) && !item.sent} and ${has('pending')} then null else sent_at end,
      prove_until = now() + make_interval(mins => ${PROOF_MINUTES}), lease_until = null
      where id = ${item.id} and fence = ${item.fence} and state = 'claimed'`,
  )
}

const asRows = (outcomes: readonly TagOutcome[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as told(key text, outcome text, "requestId" text, problem jsonb)`

/** Writes the rows of `told` into the item's tags, as long as the claim is ours. */
const writeOutcomes = ({ id, fence }: ClaimedItem) => sql`update item_tags t
  set outcome = told.outcome, request_id = coalesce(told."requestId", t.request_id), problem = told.problem
  from told where t.item_id = ${id} and t.key = told.key and exists (
    select from items i where i.id = ${id} and i.fence = ${fence} and i.state = 'claimed') returning t.key`

/** Settles the items of cancelled removals for which nothing was ever sent, those that a dead worker had claimed too. */
export async function settleCancelled(store: Store, lane: string): Promise<void> {
  await rowsOf(
    store,
    sql`with stopped as (
      update items i set state = 'settled', settled_at = now() from removals r
      where r.id = i.removal_id and r.cancelled and r.state <> 'settled' and i.lane = ${lane}
        and i.sent_at is null and (i.state = 'pending' or (i.state = 'claimed' and i.lease_until <= now())) returning i.id)
    update item_tags set outcome = 'cancelled' where outcome = 'pending' and item_id in (select id from stopped)`,
  )
}

/** Settles removals that have nothing left to do. */
export async function settleRemovals(store: Store): Promise<void> {
  await rowsOf(
    store,
    sql`update removals r set state = 'settled', settled_at = now(), pause_reason = null, pause_message = null
      where r.state <> 'settled' and not exists (
        select from items i where i.removal_id = r.id and i.state <> 'settled')`,
  )
}

/**
 * Milliseconds until the lane has something to write or to prove for a removal that may go on: 0 when it has now, null
 * when nothing will come up by itself.
 */
export async function nextDueMs(store: Store, lane: string): Promise<{ write: number | null; prove: number | null }> {
  const msUntil = (instant: SQL) => sql`ceil(extract(epoch from min(${instant}) - now()) * 1000)::int`
  const [row] = await rowsOf<{ write: number | null; prove: number | null }>(
    store,
    sql`select
        ${msUntil(sql`case i.state when 'claimed' then i.lease_until when 'pending' then i.due_at end`)} as write,
        ${msUntil(sql`case i.state when 'proving' then i.due_at end`)} as prove
      from items i join removals r on r.id = i.removal_id
      where i.lane = ${lane} and ((i.state in ('pending', 'claimed') and r.state = 'running') or (i.state = 'proving' and ${provable}))`,
  )
  const clamp = (ms: number | null | undefined) => (ms == null ? null : Math.max(ms, 0))
  return { write: clamp(row?.write), prove: clamp(row?.prove) }
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
    sql`update removals set state = 'paused', pause_reason = ${reason}, pause_message = ${message}
      where (state = 'running' or (state = 'paused' and pause_reason = 'operator')) and ${chosen}`,
  )
}
