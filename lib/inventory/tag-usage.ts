import { type SQL, sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import { resources, tagUses } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

export interface TagUsage {
  key: string
  resources: number
  keys: number
  secrets: number
  distinctValues: number
  /** The most used values, most used first. */
  values: { value: string; resources: number }[]
}

/** The tags of the resources that meet a condition, looked into one by one. */
export function tagsOf(where: SQL | undefined): SQL {
  return sql`
    select tag.key, tag.value, count(*) as resources, count(*) filter (where ${resources.type} = 'key') as keys
    from ${resources}, jsonb_each_text(${resources.tags}) tag where ${where} group by 1, 2`
}

/** The tags of a whole snapshot, as they were counted. */
export function tagsIn(snapshotId: string): SQL {
  return sql`
    select key, value, sum(resources) as resources, coalesce(sum(resources) filter (where type = 'key'), 0) as keys
    from ${tagUses} where snapshot_id = ${snapshotId} and resources > 0 group by 1, 2`
}

/** Which tag keys are used, most used first, each with its `valuesMax` most used values. */
export async function tagUsage(store: Store, used: SQL, valuesMax: number): Promise<TagUsage[]> {
  return rowsOf<TagUsage>(
    store,
    sql`
    with used as (${used}), ranked as (
      select *, row_number() over (partition by key order by resources desc, value collate "C") as rank from used
    )
    select key, sum(resources)::int as resources, sum(keys)::int as keys, sum(resources - keys)::int as secrets,
      count(*)::int as "distinctValues",
      jsonb_agg(jsonb_build_object('value', value, 'resources', resources) order by rank)
        filter (where rank <= ${valuesMax}) as values
    from ranked group by key order by 2 desc, key collate "C"`,
  )
}
