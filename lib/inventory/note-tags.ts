import { sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import { addTagUses } from './resource-rows.ts'

/**
 * Writes a newer reading of one resource's tags into what this scope's scans found, so that the pages show what a
 * removal has just proved without another scan. Resources that no scan found are left out.
 */
export async function noteTags(store: Store, scope: string, arn: Arn, tags: readonly Tag[]): Promise<void> {
  const asObject = JSON.stringify(Object.fromEntries(tags.map(({ key, value }) => [key, value])))
  await store.db.execute(sql`
    with scanned as materialized (select id from snapshots where scope = ${scope} order by id for key share),
    was as materialized (
      select snapshot_id, arn, type, tags from resources
      where arn = ${arn} and snapshot_id in (select id from scanned) order by snapshot_id for update),
    noted as (
      update resources set tags = ${asObject}::jsonb from was
      where resources.snapshot_id = was.snapshot_id and resources.arn = was.arn),
    uses as (
      select snapshot_id, type, tag.key, tag.value, -1 as change from was, jsonb_each_text(tags) tag
      union all
      select snapshot_id, type, tag.key, tag.value, 1 from was, jsonb_each_text(${asObject}::jsonb) tag),
    counted as (
      select snapshot_id, key, value, type, sum(change) as resources from uses
      group by 1, 2, 3, 4 having sum(change) <> 0)
    ${addTagUses}`)
}
