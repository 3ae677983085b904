import { asc, count, desc, type SQL, sql } from 'drizzle-orm'
import { type Ineligibility, ineligibilityOf } from '../eligibility.ts'
import type { Resource } from '../resource.ts'
import type { ResourcesView, SortField } from '../resources-view.ts'
import { resources } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { filterCondition, inSnapshot } from './condition.ts'
import { toResource } from './resource-rows.ts'
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
const bytewise = (text: SQL | typeof resources.arn) => sql`${text} collate "C"`
const sortBy: Record<SortField, SQL> = {
  name: bytewise(sql`lower(${resources.name})`),
  type: bytewise(sql`${resources.type}`),
  region: bytewise(sql`${resources.region}`),
  state: bytewise(sql`${resources.state}`),
  manager: bytewise(sql`${resources.manager}`),
  tags: sql`case when ${resources.tags} is null then -1 else (select count(*) from jsonb_object_keys(${resources.tags})) end`,
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
  const [rows, [matched], [total]] = await Promise.all([
    store.db
      .select()
      .from(resources)
      .where(where)
      .orderBy(order, bytewise(resources.arn))
      .limit(size)
      .offset((page - 1) * size),
    store.db.select({ rows: count() }).from(resources).where(where),
    store.db.select({ rows: count() }).from(resources).where(inSnapshot(snapshot.id)),
  ])
  const account = accountOf(scope)
  const withReason = (resource: Resource) => ({ ...resource, ineligible: ineligibilityOf(resource, account) ?? null })
  return {
    rows: rows.map((row) => withReason(toResource(row))),
    matched: matched?.rows ?? 0,
    total: total?.rows ?? 0,
  }
}
