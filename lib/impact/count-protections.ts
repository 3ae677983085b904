import { sql } from 'drizzle-orm'
import type { CountedProtection } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'

/** What speaks against removing tags of a plan, without the resources that were dropped; the most frequent first. */
export async function countProtections(store: Store, planId: string, impactId: string): Promise<CountedProtection[]> {
  return rowsOf<CountedProtection>(
    store,
    sql`
    select tag->>'tagKey' as "tagKey", tag->'protection' as protection, count(*)::int as resources
    from impact_items i
      join plan_items p on p.plan_id = ${planId} and p.arn = i.arn and p.skipped is null,
      jsonb_array_elements(i.impact->'protectedTags') tag
    where i.impact_id = ${impactId} and i.signs ? 'protected'
    group by 1, 2 order by resources desc, 1, 2`,
  )
}
