import { getTableColumns, sql } from 'drizzle-orm'
import type { Resource } from '../resource.ts'
import { resources } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { sortTags } from '../tag.ts'

type Row = typeof resources.$inferSelect
type NewRow = typeof resources.$inferInsert

const ROWS_PER_INSERT = 500
const columns = Object.entries(getTableColumns(resources))

/**
 * Adds resources to a snapshot; one that is there already stays, for a listing that changes while it is paged through
 * can name a resource twice. The rows travel as one parameter: the embedded database runs in this very thread, and
 * taking in a parameter for each field keeps it busy four times as long.
 */
export async function insertResources({ db }: Store, snapshotId: string, found: Resource[]): Promise<void> {
  for (let at = 0; at < found.length; at += ROWS_PER_INSERT) {
    const rows = found.slice(at, at + ROWS_PER_INSERT).map((resource) => byColumn(toRow(snapshotId, resource)))
    await db.execute(sql`
      insert into ${resources} select * from jsonb_populate_recordset(null::${resources}, ${JSON.stringify(rows)}::jsonb)
      on conflict do nothing`)
  }
}

const byColumn = (row: Record<string, unknown>) =>
  Object.fromEntries(columns.map(([field, { name }]) => [name, row[field]]))

const instant = (text: string | null) => (text === null ? null : new Date(text))
// A key's description may hold what PostgreSQL does not: the zero character, and halves of surrogate pairs.
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

function toRow(snapshotId: string, resource: Resource): NewRow & Record<string, unknown> {
  return {
    ...resource,
    snapshotId,
    name: storable(resource.name),
    description: storable(resource.description),
    createdAt: instant(resource.createdAt),
    deletionAt: instant(resource.deletionAt),
    tags: resource.tags && Object.fromEntries(resource.tags.map(({ key, value }) => [key, value])),
  }
}

/** What {@link insertResources} stored, with its tags in a fixed order. */
export function toResource({ snapshotId, tags, ...row }: Row): Resource {
  return {
    ...row,
    createdAt: row.createdAt?.toISOString() ?? null,
    deletionAt: row.deletionAt?.toISOString() ?? null,
    tags: tags && sortTags(Object.entries(tags).map(([key, value]) => ({ key, value }))),
  }
}
