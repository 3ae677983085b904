import { sql } from 'drizzle-orm'
import { type Ineligibility, ineligibilityOf } from '../eligibility.ts'
import type { Selection } from '../selection.ts'
import { resources, tagUses } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { isReservedTagKey, looksSensitive, tagKeySpelling } from '../tag.ts'
import { inSnapshot, selectionCondition } from './condition.ts'
import { accountOf, completeSnapshot } from './snapshot.ts'
import { tagsIn, tagsOf, tagUsage } from './tag-usage.ts'

const FACET_TAG_KEYS_MAX = 200
const SELECTION_VALUES_MAX = 100
const TOP_VALUES = 5

export interface Facets {
  regions: string[]
  states: string[]
  managers: string[]
  /** The 200 most used. */
  tagKeys: { key: string; resources: number }[]
}

/** What the resources of the snapshot can be filtered by. */
export async function readFacets(store: Store, scope: string): Promise<Facets> {
  const snapshot = await completeSnapshot(store, scope)
  if (!snapshot) return { regions: [], states: [], managers: [], tagKeys: [] }
  const tagKeys = await store.db.execute<{ key: string; resources: number }>(sql`
    select key, sum(resources)::int as resources from ${tagUses}
    where snapshot_id = ${snapshot.id} and resources > 0
    group by 1 order by 2 desc, key collate "C" limit ${FACET_TAG_KEYS_MAX}`)
  const { regions, states, managers } = snapshot.summary
  return { regions, states, managers, tagKeys: tagKeys.rows }
}

export interface SelectionTags {
  resources: number
  /** Those of them whose tags cannot be removed, by the reason. */
  ineligible: { reason: Ineligibility; resources: number }[]
  /** All tag keys on the selected resources, most used first. */
  tags: {
    key: string
    /** AWS keeps it to itself: it cannot be removed. */
    reserved: boolean
    /** The key itself looks like something that should not stand in a log. */
    sensitive: boolean
    resources: number
    /** The 100 most used. */
    values: { value: string; resources: number }[]
    distinctValues: number
  }[]
}

/** Which tags the selected resources carry, and how many of the resources no removal can touch. */
export async function readSelectionTags(store: Store, scope: string, selection: Selection): Promise<SelectionTags> {
  const snapshot = await completeSnapshot(store, scope)
  if (!snapshot) return { resources: 0, ineligible: [], tags: [] }
  const where = inSnapshot(snapshot.id, selectionCondition(selection))
  const { type, account, region, state, manager, primaryRegion } = resources
  // Everything that decides on eligibility, so that each group has one answer.
  const deciding = {
    type,
    account,
    region,
    state,
    manager,
    primaryRegion,
    unread: sql<boolean>`${resources.tags} is null`,
  }
  const groups = await store.db
    .select({ ...deciding, rows: sql<number>`count(*)::int` })
    .from(resources)
    .where(where)
    .groupBy(...Object.values(deciding))
  const counts = new Map<Ineligibility, number>()
  for (const { rows, unread, ...facts } of groups) {
    const reason = ineligibilityOf({ ...facts, tags: unread ? null : [] }, accountOf(scope))
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + rows)
  }
  const usage = await tagUsage(store, tagsOf(where), SELECTION_VALUES_MAX)
  return {
    resources: groups.reduce((sum, { rows }) => sum + rows, 0),
    ineligible: [...counts].map(([reason, rows]) => ({ reason, resources: rows })),
    tags: usage.map(({ keys, secrets, ...used }) => ({
      ...used,
      reserved: isReservedTagKey(used.key),
      sensitive: looksSensitive(used.key),
    })),
  }
}

export interface TagKeyRow {
  key: string
  resources: number
  keys: number
  secrets: number
  distinctValues: number
  /** The 5 most used. */
  topValues: { value: string; resources: number }[]
  spelling: string
  /** Other tag keys in use that people probably mean to be the same word. */
  variants: string[]
}

/** Every tag key of the snapshot, most used first, with its likely slips of spelling. */
export async function readTagKeys(store: Store, scope: string): Promise<TagKeyRow[]> {
  const snapshot = await completeSnapshot(store, scope)
  if (!snapshot) return []
  const usage = await tagUsage(store, tagsIn(snapshot.id), TOP_VALUES)
  const bySpelling = Map.groupBy(usage, ({ key }) => tagKeySpelling(key))
  return usage.map(({ values, ...used }) => {
    const spelling = tagKeySpelling(used.key)
    const alike = bySpelling.get(spelling) ?? []
    return {
      ...used,
      topValues: values,
      spelling,
      variants: alike.map(({ key }) => key).filter((key) => key !== used.key),
    }
  })
}
