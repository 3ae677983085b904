import { type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { appended } from '../audit/append.ts'
import type { AuditEvent } from '../audit-event.ts'
import type { Problem } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import { provable } from './items.ts'
import type { Direction } from './state.ts'

const PROOF_LEASE_SECONDS = 60

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

/** Claims items whose next proving read is due. */
export async function claimProofs(store: Store, lane: string, itemsMax: number): Promise<ItemInProof[]> {
  const ms = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::float8`
  return rowsOf<ItemInProof>(
    store,
    sql`with claimed as (
      update items set fence = fence + 1, due_at = now() + make_interval(secs => ${PROOF_LEASE_SECONDS})
      where id in (
        select i.id from items i join removals r on r.id = i.removal_id
        where i.lane = ${lane} and i.state = 'proving' and i.due_at <= now() and ${provable}
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

/** Commits what a proving read showed, and when to read again. Does nothing when another worker has taken over. */
export async function recordProof(
  store: Store,
  item: ItemInProof,
  proofs: readonly TagProof[],
  delaySeconds: number,
): Promise<void> {
  const settling = proofs.some(({ outcome }) => outcome === 'settling')
  const events = proofs
    .filter(({ outcome }) => outcome !== 'settling')
    .map(
      ({ key, outcome, problem }): AuditEvent => ({
        action: 'tag.outcome',
        resource: item.arn,
        tagKey: key,
        outcome,
        ...(problem && { details: { problem } }),
      }),
    )
  await rowsOf(
    store,
    sql`with ours as (
      update items set due_at = now() + make_interval(secs => ${delaySeconds}), state = ${settling ? 'proving' : 'settled'},
        settled_at = case when ${settling} then null else now() end
      where id = ${item.id} and fence = ${item.fence} and state = 'proving' returning id), tags as (
    update item_tags t set outcome = p.outcome, problem = case when not p.clean then coalesce(p.problem, t.problem) end, seen_clean = t.seen_clean or p.clean,
        clean_since = case when p.clean then coalesce(t.clean_since, now()) end,
        proved_at = case when p.clean and p.outcome <> 'settling' then now() end
      from ours, jsonb_to_recordset(${JSON.stringify(proofs)}::jsonb) as p(key text, outcome text, clean boolean, problem jsonb)
      where t.item_id = ours.id and t.key = p.key returning t.key)
    select ${appended(item.removalId, events)} where exists (select from tags) and ${events.length > 0}`,
  )
}
