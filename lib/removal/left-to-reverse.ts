import { inArray, sql } from 'drizzle-orm'
import { outcomesOfKind, outcomesThatAre } from '../outcome.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'

/**
 * How many tags a removal has changed, or may have, that no later reversal has turned back or is turning back. A
 * put-back that was itself taken off again leaves its tags to be put back; one that failed does too.
 */
export async function leftToReverse(store: Store, removalId: string): Promise<number> {
  const dealtWith = [...outcomesOfKind('done'), ...outcomesOfKind('waiting')]
  const [counted] = await rowsOf<{ tags: number }>(
    store,
    sql`
    with recursive reversals as (
      select id, direction, started_at from removals where reverses = ${removalId}
      union select r.id, r.direction, r.started_at from removals r join reversals on r.reverses = reversals.id),
    newest as (
      select distinct on (i.arn, t.key) i.arn, t.key, reversals.direction
      from reversals join items i on i.removal_id = reversals.id join item_tags t on t.item_id = i.id
      where ${inArray(sql`t.outcome`, dealtWith)} order by i.arn, t.key, reversals.started_at desc)
    select count(*)::int as tags
    from removals r join items i on i.removal_id = r.id join item_tags t on t.item_id = i.id
      left join newest on newest.arn = i.arn and newest.key = t.key
    where r.id = ${removalId} and ${inArray(sql`t.outcome`, outcomesThatAre('reversible'))}
      and coalesce(newest.direction, r.direction) = r.direction`,
  )
  return counted?.tags ?? 0
}
