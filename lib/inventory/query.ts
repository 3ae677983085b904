import { type AnyColumn, asc, desc, inArray, type SQL, sql } from 'drizzle-orm'
import { type Ineligibility, ineligibilityOf } from '../eligibility.ts'
import type { Resource } from '../resource.ts'
import type { ResourcesView, SortField } from '../resources-view.ts'
import { resources } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { filterCondition, inSnapshot } from './condition.ts'
import { resourceColumns, toResource } from './resource-rows.ts'
import { accountOf, completeSnapshot } from './snapshot.ts'

export interface ResourceRow extends Resource {
  /** Why it takes part in no removal; null when its tags can be removed. */
  ineligible: Ineligibility | null
}

export interface ResourcesPage {
  rows: ResourceRow[]
  matched: number
  total: number
}

// Byte order, so that the embedded database and a server with another locale page alike.
const bytewise = (text: SQL | AnyColumn) => sql`${text} collate "C"`
const sortBy: Record<SortField, SQL> = {
  name: bytewise(resources.sortName),
  type: bytewise(sql`${resources.type}`),
  region: bytewise(sql`${resources.region}`),
  state: bytewise(sql`${resources.state}`),
  manager: bytewise(sql`${resources.manager}`),
  tags: sql`coalesce(jsonb_array_length(jsonb_path_query_array(${resources.tags}, '$.*')), -1)`,
  created: sql`${resources.createdAt}`,
}

/**
 * One page of the resources that match a view's filter, in its order; equal ones by ARN, so that pages never overlap.
 * Creation dates that are unknown come last. Nothing is found before the first scan is complete.
 */
export async function queryResources(store: Store, scope: string, view: ResourcesView): Promise<ResourcesPage> {
  const snapshot = await completeSnapshot(store, scope)
  if (!snapshot) return { rows: [], matched: 0, total: 0 }
  const { filter, sort, descending, page, size } = view
  const where = inSnapshot(snapshot.id, filterCondition(filter))
  const order = sql`${(descending ? desc : asc)(sortBy[sort])} nulls last`
  // Sorted by themselves, so that of all the resources before the page only their place is read.
  const onPage = store.db
    .select({ arn: resources.arn })
    .from(resources)
    .where(where)
    .orderBy(order, bytewise(resources.arn))
    .limit(size)
    .offset((page - 1) * size)
  const rows = await store.db
    .select(resourceColumns)
    .from(resources)
    .where(inSnapshot(snapshot.id, inArray(resources.arn, onPage)))
    .orderBy(order, bytewise(resources.arn))
  const total = snapshot.summary.keys + snapshot.summary.secrets
  // A page that is not full is the last: then nothing need be counted.
  const isLast = rows.length < size && (rows.length > 0 || page === 1)
  const countMatched = () => (filter.tokens.length === 0 ? total : store.db.$count(resources, where))
  const matched = isLast ? (page - 1) * size + rows.length : await countMatched()
  const account = accountOf(scope)
  const withReason = (resource: Resource) => ({ ...resource, ineligible: ineligibilityOf(resource, account) ?? null })
  return { rows: rows.map((row) => withReason(toResource(row))), matched, total }
}
