import { type SQL, sql } from 'drizzle-orm'
import { appended, eventsOfChains } from '../audit/append.ts'
import type { Problem } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { together } from '../store/together.ts'
import { type ClaimedItem, PROOF_MINUTES } from './items.ts'
import { failedCallEvents, outcomeEvent } from './outcome-event.ts'

export interface TagOutcome {
  key: string
  outcome: Outcome
  requestId?: string
  problem?: Problem
}

/** A call that ended without an outcome of its tag keys, which are tried again. */
export interface FailedCall {
  keys: readonly string[]
  problem: Problem
  /** Absent when AWS did not answer. */
  requestId?: string
}

/** How an item waits for its next try. */
export interface NextTry {
  delaySeconds?: number
  countsAsAttempt?: boolean
  nothingSent?: boolean
  /** Told to the audit log. */
  failedCall?: FailedCall
}

/** Commits what became of tag keys. Does nothing when the claim is no longer ours; then another worker decides. */
export async function recordOutcomes(store: Store, item: ClaimedItem, outcomes: readonly TagOutcome[]): Promise<void> {
  if (outcomes.length > 0) await writeTogether(store, { ...written(item, outcomes), ends: false })
}

/** Tells the audit log of a call that failed; nothing when the claim is no longer ours. */
export async function recordFailedCall(store: Store, item: ClaimedItem, failedCall: FailedCall): Promise<void> {
  await writeTogether(store, { ...written(item, [], failedCall), ends: false })
}

/**
 * Commits what became of tag keys and ends the claim with it: the item waits for its next try, is to be proved, or is
 * settled, as its tags' outcomes say. Does nothing when the claim is no longer ours.
 */
export async function finishClaim(
  store: Store,
  item: ClaimedItem,
  outcomes: readonly TagOutcome[] = [],
  next: NextTry = {},
): Promise<void> {
  await writeTogether(store, {
    ...written(item, outcomes, next.failedCall),
    ends: true,
    delay: next.delaySeconds ?? 0,
    attempts: next.countsAsAttempt ? 1 : 0,
    unsent: Boolean(next.nothingSent) && !item.sent,
  })
}

const written = (
  { id, fence, arn }: ClaimedItem,
  outcomes: readonly TagOutcome[],
  failedCall: FailedCall | undefined = undefined,
) => ({
  id,
  fence,
  outcomes,
  events: [
    ...(failedCall ? failedCallEvents(arn, failedCall) : []),
    ...outcomes.map((told) => outcomeEvent(arn, told)),
  ],
})

type Ask = ReturnType<typeof written> &
  ({ ends: false } | { ends: true; delay: number; attempts: number; unsent: boolean })

const writeTogether = together<Ask, void>(async (store, asks) => {
  await rowsOf(
    store,
    sql`with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as asked(
        id bigint, fence int, outcomes jsonb, events jsonb, ends boolean, delay float8, attempts int, unsent boolean)),
    ours as materialized (
      select i.removal_id, asked.* from items i join asked on asked.id = i.id and asked.fence = i.fence
      where i.state = 'claimed' order by i.id for update of i),
    tags as (
      update item_tags t
      set outcome = told.outcome, request_id = coalesce(told."requestId", t.request_id), problem = told.problem,
        answered_at = case when told."requestId" is null then t.answered_at else now() end
      from ours, jsonb_to_recordset(ours.outcomes) as told(key text, outcome text, "requestId" text, problem jsonb)
      where t.item_id = ours.id and t.key = told.key and t.outcome = 'pending' returning t.item_id),
    ended as (
      update items set
      state = case when ${has('pending')} then 'pending' when ${has('settling')} then 'proving' else 'settled' end,
      settled_at = case when ${has('pending')} or ${has('settling')} then null else now() end,
      due_at = now() + make_interval(secs => ours.delay), attempts = items.attempts + ours.attempts,
      sent_at = case when ours.unsent and ${has('pending')} then null else items.sent_at end,
      prove_until = now() + make_interval(mins => ${PROOF_MINUTES}), lease_until = null
      from ours where items.id = ours.id and ours.ends),
    changed as (select * from ours where outcomes = '[]' or id in (select item_id from tags)),
    chains as (${eventsOfChains(sql`changed`)})
    select ${appended(sql`removal_id`, sql`told`)} from chains`,
  )
  return asks.map(() => undefined)
})

// All parts of one statement see the rows as they were before it, so the new outcomes are laid over the old ones.
const has = (outcome: Outcome): SQL => sql`exists (
  select from item_tags t left join jsonb_to_recordset(ours.outcomes) as told(key text, outcome text) using (key)
  where t.item_id = ours.id and coalesce(told.outcome, t.outcome) = ${outcome})`
