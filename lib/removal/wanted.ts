import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { ExpectedError } from '../errors.ts'
import { selectResources } from '../inventory/selected.ts'
import { outcomesThatAre } from '../outcome.ts'
import { items, itemTags, type plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Wanted } from './choose-tags.ts'

/** What is asked of one resource. */
export interface WantedItem {
  arn: Arn
  /** As the operator knows the resource; what the inventory never saw goes by the name that AWS gives. */
  name: string | undefined
  wanted: Wanted
}

/**
 * Which tags a plan asks for on which resources, from what it is made of.
 *
 * @throws ExpectedError `wrongState`: the values to put back were purged meanwhile
 */
export async function wantedItems(store: Store, plan: typeof plans.$inferSelect): Promise<WantedItem[]> {
  if (plan.request.from === 'removal') return reversedTags(store, plan.request)
  const { selection, tags } = plan.request.request
  const names = new Map((await selectResources(store, plan.scope, selection)).map(({ arn, name }) => [arn, name]))
  const arns = selection.by === 'arns' ? new Set(selection.arns) : names.keys()
  return [...arns].map((arn) => ({ arn, name: names.get(arn), wanted: { by: 'choice', tags } }))
}

async function reversedTags(store: Store, { removalId, itemIds }: { removalId: string; itemIds: number[] | 'all' }) {
  const rows = await store.db
    .select({ id: items.id, arn: items.arn, name: items.name, key: itemTags.key, value: itemTags.value })
    .from(items)
    .innerJoin(itemTags, eq(itemTags.itemId, items.id))
    .where(and(eq(items.removalId, removalId), inArray(itemTags.outcome, outcomesThatAre('reversible'))))
    .orderBy(asc(items.id))
  const chosen = itemIds === 'all' ? undefined : new Set(itemIds)
  const known = rows.flatMap(({ value, ...row }) => (value === null ? [] : [{ ...row, value }]))
  if (known.length < rows.length) throw new ExpectedError('wrongState', 'its old values were purged')
  const byArn = Map.groupBy(chosen ? known.filter(({ id }) => chosen.has(id)) : known, ({ arn }) => arn)
  return [...byArn].map(([arn, tags]): WantedItem => ({ arn, name: tags[0]?.name, wanted: { by: 'value', tags } }))
}
