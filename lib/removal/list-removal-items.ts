import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import { type Outcome, outcomesOfKind } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { contains } from '../store/contains.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { requireRemoval } from './read-removal.ts'
import type { ItemState } from './state.ts'

/** One resource of a removal with what became of each of its tags. */
export interface RemovalItem {
  id: number
  arn: Arn
  type: ResourceType
  region: string
  name: string
  state: ItemState
  settledAt: string | null
  attempts: number
  tags: { key: string; value: string; outcome: Outcome; problem: Problem | null; requestId: string | null }[]
}

/**
 * One page of a removal's resources, by name. `attention` shows those with a tag that needs a look. Pages count from 1.
 *
 * @throws ExpectedError `notFound`
 */
export async function listRemovalItems(
  store: Store,
  scope: string,
  removalId: string,
  { outcome, text, page, size }: { outcome: Outcome | 'all' | 'attention'; text: string; page: number; size: number },
): Promise<{ rows: RemovalItem[]; matched: number }> {
  await requireRemoval(store.db, scope, removalId)
  const wanted = outcome === 'all' ? undefined : outcome === 'attention' ? outcomesOfKind('attention') : [outcome]
  const chosen = sql.join(
    [
      sql`i.removal_id = ${removalId}`,
      ...(wanted ? [someTag(inArray(sql`t.outcome`, wanted))] : []),
      ...(text === ''
        ? []
        : [
            sql`(${contains(sql`i.name`, text)} or ${contains(sql`i.arn`, text)} or
            ${someTag(sql`${contains(sql`t.key`, text)} or ${contains(sql`t.value`, text)}`)})`,
          ]),
    ],
    sql` and `,
  )
  const rows = await rowsOf<RemovalItem>(
    store,
    sql`
    select i.id::int as id, i.arn, i.type, i.region, i.name, i.state, i.attempts, i.settled_at as "settledAt",
      (select json_agg(json_build_object('key', t.key, 'value', t.value, 'outcome', t.outcome, 'problem', t.problem,
        'requestId', t.request_id) order by t.key) from item_tags t where t.item_id = i.id) as tags
    from items i where ${chosen} order by i.name, i.id limit ${size} offset ${(page - 1) * size}`,
  )
  const counted = await rowsOf<{ matched: number }>(
    store,
    sql`select count(*)::int as matched from items i where ${chosen}`,
  )
  const instant = (value: string | null) => (value === null ? null : new Date(value).toISOString())
  return { rows: rows.map((row) => ({ ...row, settledAt: instant(row.settledAt) })), matched: counted[0]?.matched ?? 0 }
}

const someTag = (condition: SQL) => sql`exists (select from item_tags t where t.item_id = i.id and (${condition}))`
