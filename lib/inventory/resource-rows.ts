import type { Resource } from '../resource.ts'
import type { resources } from '../store/schema.ts'
import { sortTags } from '../tag.ts'

type Row = typeof resources.$inferSelect
type NewRow = typeof resources.$inferInsert

const instant = (text: string | null) => (text === null ? null : new Date(text))
// PostgreSQL holds every character but this one, and a key's description may hold any.
const storable = (text: string) => text.replaceAll('\0', '')

/** A resource as the store keeps it. */
export function toRow(snapshotId: string, resource: Resource): NewRow {
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

/** What {@link toRow} stored, with its tags in a fixed order. */
export function toResource({ snapshotId, tags, ...row }: Row): Resource {
  return {
    ...row,
    createdAt: row.createdAt?.toISOString() ?? null,
    deletionAt: row.deletionAt?.toISOString() ?? null,
    tags: tags && sortTags(Object.entries(tags).map(([key, value]) => ({ key, value }))),
  }
}
