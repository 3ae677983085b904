import { type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { appended, eventsOfChains } from '../audit/append.ts'
import type { AuditEvent } from '../audit-event.ts'
import type { Problem } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { together } from '../store/together.ts'
import type { Tag } from '../tag.ts'
import { isDue, PROOF_MINUTES, provable } from './items.ts'
import { outcomeEvent } from './outcome-event.ts'
import type { Direction } from './state.ts'

const PROOF_LEASE_SECONDS = 60
/** A read that is so late was waited for by nobody: the machine slept, or its clock was set. */
const UNWATCHED_SECONDS = 120
/** After this long no read is that stale, however late it comes. */
const CONSISTENT_HOURS = 1

/** A tag key whose change is believed and being proved. Instants in milliseconds of the database's clock. */
export interface TagInProof extends Tag {
  cleanSince: number | null
  seenClean: boolean
}

export interface ItemInProof {
  id: number
  removalId: string
  scope: string
  direction: Direction
  arn: Arn
  type: ResourceType
  fence: number
  claimedAt: number
  sentAt: number
  proveUntil: number
  tags: TagInProof[]
}

/** Claims items whose next proving read is due. After a time in which nobody read, the proof has its full time again. */
export async function claimProofs(store: Store, lane: string, itemsMax: number): Promise<ItemInProof[]> {
  const ms = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::float8`
  return rowsOf<ItemInProof>(
    store,
    sql`with claimed as (
      update items set fence = fence + 1, due_at = now() + make_interval(secs => ${PROOF_LEASE_SECONDS}),
        prove_until = case when due_at < now() - make_interval(secs => ${UNWATCHED_SECONDS})
            and sent_at > now() - make_interval(hours => ${CONSISTENT_HOURS})
          then now() + make_interval(mins => ${PROOF_MINUTES}) else prove_until end
      where id in (
        select i.id from items i join removals r on r.id = i.removal_id
        where i.lane = ${lane} and i.state = 'proving' and ${isDue} and ${provable}
        order by i.due_at, i.id limit ${itemsMax} for update of i skip locked)
      returning *)
    select c.id::int as id, c.removal_id as "removalId", r.scope, r.direction, c.arn, c.type, c.fence, ${ms(sql`now()`)} as "claimedAt",
      ${ms(sql`coalesce(c.sent_at, now())`)} as "sentAt", ${ms(sql`c.prove_until`)} as "proveUntil",
      (select json_agg(json_build_object('key', t.key, 'value', t.value, 'cleanSince', ${ms(sql`t.clean_since`)},
        'seenClean', t.seen_clean)) from item_tags t where t.item_id = c.id and t.outcome = 'settling') as tags
    from claimed c join removals r on r.id = c.removal_id`,
  )
}

/** What one proving read says about one tag key. */
export interface TagProof {
  key: string
  outcome: Outcome
  clean: boolean
  problem?: Problem
}

/**
 * Commits what a proving read showed, and when to read again. When another worker has taken over, nothing, and the answer
 * is false.
 */
export async function recordProof(
  store: Store,
  { id, fence, arn }: ItemInProof,
  proofs: readonly TagProof[],
  delaySeconds: number,
): Promise<boolean> {
  const settling = proofs.some(({ outcome }) => outcome === 'settling')
  const events = proofs.filter(({ outcome }) => outcome !== 'settling').map((proof) => outcomeEvent(arn, proof))
  return writeTogether(store, { id, fence, proofs, events, settling, delay: delaySeconds })
}

interface Ask {
  id: number
  fence: number
  proofs: readonly TagProof[]
  events: AuditEvent[]
  settling: boolean
  /** Seconds. */
  delay: number
}

const writeTogether = together<Ask, boolean>(async (store, asks) => {
  const rows = await rowsOf<{ claim: string }>(
    store,
    sql`with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as asked(
        id bigint, fence int, proofs jsonb, events jsonb, settling boolean, delay float8)),
    ours as (
      update items set due_at = now() + make_interval(secs => asked.delay),
        state = case when asked.settling then 'proving' else 'settled' end,
        settled_at = case when asked.settling then null else now() end
      from asked where items.id = asked.id and items.fence = asked.fence and items.state = 'proving'
      returning items.id, items.fence, items.removal_id, asked.proofs, asked.events),
    tags as (
      update item_tags t set outcome = p.outcome, seen_clean = t.seen_clean or p.clean,
        problem = case when not p.clean then coalesce(p.problem, t.problem) end,
        clean_since = case when p.clean then least(t.clean_since, now()) end,
        proved_at = case when p.clean and p.outcome <> 'settling' then now() end
      from ours, jsonb_to_recordset(ours.proofs) as p(key text, outcome text, clean boolean, problem jsonb)
      where t.item_id = ours.id and t.key = p.key returning t.item_id),
    changed as (select * from ours where id in (select item_id from tags)),
    chains as (${eventsOfChains(sql`changed`)}),
    logged as materialized (select ${appended(sql`removal_id`, sql`told`)} from chains)
    select id || ' ' || fence as claim from ours, (select count(*) from logged) once`,
  )
  const ours = new Set(rows.map(({ claim }) => claim))
  return asks.map(({ id, fence }) => ours.has(`${id} ${fence}`))
})
