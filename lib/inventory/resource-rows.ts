import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Resource } from '../resource.ts'
import { resources, snapshots, tagUses } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { sortTags } from '../tag.ts'
import { asWholeText } from '../text.ts'

const { sortName, searched, ...stored } = getTableColumns(resources)

/** The columns that make a resource; the others are the database's own. */
export const resourceColumns = stored

type NewRow = Omit<typeof resources.$inferInsert, 'sortName' | 'searched'>
type Row = Omit<typeof resources.$inferSelect, 'sortName' | 'searched'>

const ROWS_PER_INSERT = 500
const columns = Object.entries(stored)
const columnNames = sql.join(
  columns.map(([, { name }]) => sql.identifier(name)),
  sql`, `,
)

/**
 * Adds resources to a snapshot that is being scanned, and counts their tags; one that is there already stays, for a
 * listing that changes while it is paged through can name a resource twice. The rows travel as one parameter: the
 * embedded database runs in this very thread, and taking in a parameter for each field keeps it busy four times as long.
 */
export async function insertResources({ db }: Store, snapshotId: string, found: Resource[]): Promise<void> {
  for (let at = 0; at < found.length; at += ROWS_PER_INSERT) {
    const rows = found.slice(at, at + ROWS_PER_INSERT).map((resource) => byColumn(toRow(snapshotId, resource)))
    await db.execute(sql`
      with scanned as (select id from ${snapshots} where id = ${snapshotId} and state = 'scanning' for share),
      added as (
        insert into ${resources} (${columnNames})
        select ${columnNames} from jsonb_populate_recordset(null::${resources}, ${JSON.stringify(rows)}::jsonb)
        where snapshot_id in (select id from scanned)
        on conflict do nothing returning snapshot_id, type, tags),
      counted as (
        select snapshot_id, tag.key, tag.value, type, count(*) as resources
        from added, jsonb_each_text(tags) tag group by 1, 2, 3, 4)
      ${addTagUses}`)
  }
}

/**
 * The end of a statement that adds up the tag uses of its part `counted`. The rows are locked in one order, so that
 * statements that run at once wait for each other and nothing worse.
 */
export const addTagUses = sql`
  insert into ${tagUses} (snapshot_id, key, value, type, resources)
  select snapshot_id, key, value, type, resources from counted
  order by snapshot_id, key collate "C", value collate "C", type
  on conflict (snapshot_id, key, value, type) do update set resources = tag_uses.resources + excluded.resources`

/** Takes everything out of a snapshot. */
export async function emptySnapshot({ db }: Store, snapshotId: string): Promise<void> {
  await db.transaction(async (db) => {
    await db.execute(sql`select from ${snapshots} where id = ${snapshotId} for update`)
    await db.delete(resources).where(eq(resources.snapshotId, snapshotId))
    await db.delete(tagUses).where(eq(tagUses.snapshotId, snapshotId))
  })
}

const byColumn = (row: Record<string, unknown>) =>
  Object.fromEntries(columns.map(([field, { name }]) => [name, row[field]]))

const instant = (text: string | null) => (text === null ? null : new Date(text))

function toRow(snapshotId: string, resource: Resource): NewRow & Record<string, unknown> {
  return {
    ...resource,
    snapshotId,
    name: asWholeText(resource.name),
    description: asWholeText(resource.description),
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
