import { sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'

/**
 * Writes a newer reading of one resource's tags into what this scope's scans found, so that the pages show what a
 * removal has just proved without another scan. Resources that no scan found are left out.
 */
export async function noteTags(store: Store, scope: string, arn: Arn, tags: readonly Tag[]): Promise<void> {
  const asObject = JSON.stringify(Object.fromEntries(tags.map(({ key, value }) => [key, value])))
  await store.db.execute(sql`update resources set tags = ${asObject}::jsonb
    where arn = ${arn} and snapshot_id in (select id from snapshots where scope = ${scope})`)
}
