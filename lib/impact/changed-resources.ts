import { sql } from 'drizzle-orm'
import type { Decision, Effect } from '../impact-facts.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { isMember } from './is-member.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'

const SHOWN_MAX = 100

/** A resource on which an action of a principal changes. */
export interface ChangedResource {
  readonly arn: string
  readonly name: string
  readonly type: ResourceType
  readonly region: string
  readonly before: Decision
  readonly after: Decision
  readonly effect: readonly Effect[]
}

/**
 * The resources behind one cell of the matrix, the first 100 by name, the unknown behind all others, and how many there
 * are. What was dropped does not count.
 *
 * @throws ExpectedError `notFound`
 */
export async function changedResources(
  store: Store,
  scope: string,
  ref: ImpactRef,
  { principal, action }: { principal: number; action: string },
): Promise<{ rows: ChangedResource[]; total: number }> {
  await requireImpact(store, scope, ref)
  const found = await rowsOf<ChangedResource & { total: number }>(
    store,
    sql`
    select p.arn, p.name, p.type, p.region, c.before, c.after, c.effect, (count(*) over ())::int as total
    from impact_changes c
    join impact_items i on i.impact_id = c.impact_id
      and ${isMember}
    join plan_items p on p.plan_id = ${ref.planId} and p.arn = i.arn and p.skipped is null
    where c.impact_id = ${ref.impactId} and c.principal = ${principal} and c.actions ? ${action}
    order by c.effect <@ '["unknown"]', p.name collate "C", p.arn limit ${SHOWN_MAX}`,
  )
  return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 }
}
