import { sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Store } from '../store/store.ts'
import { together } from '../store/together.ts'
import type { Tag } from '../tag.ts'
import { addTagUses } from './resource-rows.ts'

/**
 * Writes a newer reading of one resource's tags into what this scope's scans found, so that the pages show what a
 * removal has just proved without another scan. Resources that no scan found are left out.
 */
export async function noteTags(store: Store, scope: string, arn: Arn, tags: readonly Tag[]): Promise<void> {
  await noteTogether(store, { scope, arn, tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])) })
}

interface Note {
  scope: string
  arn: Arn
  tags: Record<string, string>
}

const noteTogether = together<Note, void>(async (store, notes) => {
  // Of two readings of a resource the later one.
  const latest = [...new Map(notes.map((note) => [`${note.scope} ${note.arn}`, note])).values()]
  await store.db.execute(sql`
    with read as (
      select * from jsonb_to_recordset(${JSON.stringify(latest)}::jsonb) as read(scope text, arn text, tags jsonb)),
    scanned as materialized (
      select id, scope from snapshots where scope in (select scope from read) order by id for key share),
    was as materialized (
      select r.snapshot_id, r.arn, r.type, r.tags, read.tags as now
      from read join scanned using (scope) join resources r on r.snapshot_id = scanned.id and r.arn = read.arn
      order by r.snapshot_id, r.arn for update of r),
    noted as (
      update resources set tags = was.now from was
      where resources.snapshot_id = was.snapshot_id and resources.arn = was.arn),
    uses as (
      select snapshot_id, type, tag.key, tag.value, -1 as change from was, jsonb_each_text(tags) tag
      union all
      select snapshot_id, type, tag.key, tag.value, 1 from was, jsonb_each_text(was.now) tag),
    counted as (
      select snapshot_id, key, value, type, sum(change) as resources from uses
      group by 1, 2, 3, 4 having sum(change) <> 0)
    ${addTagUses}`)
  return notes.map(() => undefined)
})
