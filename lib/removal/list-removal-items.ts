import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import { type Outcome, outcomesOfKind } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { contains } from '../store/contains.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { utcText } from '../store/utc-text.ts'
import { requireRemoval } from './read-removal.ts'
import type { ItemState } from './state.ts'

/** One resource of a removal with what became of each of its tags. Instants are ISO 8601 in UTC. */
export interface RemovalItem {
  id: number
  arn: Arn
  type: ResourceType
  region: string
  name: string
  state: ItemState
  /** When the first call was on its way. */
  sentAt: string | null
  settledAt: string | null
  attempts: number
  /** With the canary. */
  wentFirst: boolean
  tags: RemovalItemTag[]
}

/** One tag of an item. */
export interface RemovalItemTag {
  key: string
  /** As it was reviewed; null once purged. */
  value: string | null
  outcome: Outcome
  problem: Problem | null
  requestId: string | null
  /** When AWS's answer with that request id had come. */
  answeredAt: string | null
  /** When the second clean read had proved the change. */
  provedAt: string | null
  /** When a scan saw the removed tag again, with the value that it had then (null once purged). */
  cameBack: { at: string; value: string | null } | null
}

/** What a list of items shows: `attention` are those with a tag that needs a look. */
export type ItemsShown = Outcome | 'all' | 'attention' | 'cameBack'

/**
 * One page of a removal's resources: what goes first, then the others, each by name. Pages count from 1.
 *
 * @throws ExpectedError `notFound`
 */
export async function listRemovalItems(
  store: Store,
  scope: string,
  removalId: string,
  { outcome, text, page, size }: { outcome: ItemsShown; text: string; page: number; size: number },
): Promise<{ rows: RemovalItem[]; matched: number }> {
  await requireRemoval(store.db, scope, removalId)
  const shown = shownTags(outcome)
  const chosen = sql.join(
    [
      sql`i.removal_id = ${removalId}`,
      ...(shown ? [someTag(shown)] : []),
      ...(text === ''
        ? []
        : [
            sql`(${contains(sql`i.name`, text)} or ${contains(sql`i.arn`, text)} or
            ${someTag(sql`${contains(sql`t.key`, text)} or ${contains(sql`t.value`, text)}`)})`,
          ]),
    ],
    sql` and `,
  )
  const rows = await itemsWhere(
    store,
    sql`${chosen} order by i.canary desc, i.name, i.id limit ${size} offset ${(page - 1) * size}`,
  )
  const counted = await rowsOf<{ matched: number }>(
    store,
    sql`select count(*)::int as matched from items i where ${chosen}`,
  )
  return { rows, matched: counted[0]?.matched ?? 0 }
}

function shownTags(outcome: ItemsShown): SQL | undefined {
  if (outcome === 'all') return undefined
  if (outcome === 'cameBack') return sql`t.came_back_at is not null`
  return inArray(sql`t.outcome`, outcome === 'attention' ? outcomesOfKind('attention') : [outcome])
}

const someTag = (condition: SQL) => sql`exists (select from item_tags t where t.item_id = i.id and (${condition}))`

/** Every item of a removal that is to be shown, by name, so many at a time; the removal must be the caller's. */
export async function* everyRemovalItem(
  store: Store,
  removalId: string,
  outcome: ItemsShown,
  size: number,
): AsyncGenerator<RemovalItem[]> {
  const shown = shownTags(outcome)
  const chosen = shown ? sql`i.removal_id = ${removalId} and ${someTag(shown)}` : sql`i.removal_id = ${removalId}`
  let after: SQL = sql`true`
  for (;;) {
    const rows = await itemsWhere(store, sql`${chosen} and ${after} order by i.name, i.id limit ${size}`)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = sql`(i.name, i.id) > (${last.name}, ${last.id})`
  }
}

function itemsWhere(store: Store, condition: SQL): Promise<RemovalItem[]> {
  return rowsOf<RemovalItem>(
    store,
    sql`
    select i.id::int as id, i.arn, i.type, i.region, i.name, i.state, i.attempts, i.canary as "wentFirst", ${utcText(sql`i.sent_at`)} as "sentAt",
      ${utcText(sql`i.settled_at`)} as "settledAt",
      (select json_agg(json_build_object('key', t.key, 'value', t.value, 'outcome', t.outcome, 'problem', t.problem,
        'requestId', t.request_id, 'answeredAt', ${utcText(sql`t.answered_at`)}, 'provedAt', ${utcText(sql`t.proved_at`)},
        'cameBack', case when t.came_back_at is not null
          then json_build_object('at', ${utcText(sql`t.came_back_at`)}, 'value', t.came_back_value) end)
        order by t.key) from item_tags t where t.item_id = i.id) as tags
    from items i where ${condition}`,
  )
}
