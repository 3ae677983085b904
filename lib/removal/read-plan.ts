import { eq, sql } from 'drizzle-orm'
import { type Arn, regionOf } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { Filter } from '../filter.ts'
import type { ResourceType } from '../resource.ts'
import { type SkipReason, skipSentence } from '../skip.ts'
import { rowsOf } from '../store/rows-of.ts'
import { type PlanSource, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { looksSensitive } from '../tag.ts'
import { secondsFor } from './lane.ts'
import { requirePlan, siblingsCount } from './plan.ts'
import { writeShare } from './share.ts'
import type { Direction } from './state.ts'

const SIBLINGS_SHOWN_MAX = 100

/** A plan as the review shows it. Instants are ISO 8601 in UTC. */
export interface Plan {
  id: string
  direction: Direction
  state: 'preparing' | 'ready' | 'failed'
  problem: Problem | null
  digest: string | null
  selected: number
  read: number
  createdAt: string
  readyAt: string | null
  /** The removal that was started from it. */
  removalId: string | null
  /** The removal that it puts back. */
  reverses: string | null
  /** The filter by which its resources were chosen; null when they were chosen one by one. */
  filter: Filter | null
  totals: { resources: number; tags: number; skipped: number; regions: string[] }
  /** Estimate at `share` of AWS's quotas. */
  durationSeconds: number
  share: number
  tagKeys: { key: string; resources: number; distinctValues: number; sensitive: boolean }[]
  skipped: { reason: SkipReason; sentence: string; resources: number }[]
  /** Resources that somebody else would give tags back. */
  owners: PlanOwners
  /** Related resources that the plan does not hold, the first 100. */
  siblings: { arn: Arn; of: string; region: string; why: 'multiRegionSibling' | 'primaryOfReplica' }[]
  siblingsTotal: number
}

/** How many included resources have an owner besides the operator. */
export interface PlanOwners {
  /** In CloudFormation stacks. */
  cloudFormation: number
  /** In the Terraform files that the operator dropped, and those of which an apply would put a tag back. */
  terraform: number
  terraformPutsBack: number
}

/**
 * Reads a plan with everything that the review needs but its rows.
 *
 * @throws ExpectedError `notFound`, also when the plan is somebody else's
 */
export async function readPlan(store: Store, scope: string, planId: string): Promise<Plan> {
  const plan = await requirePlan(store.db, scope, planId)
  const [started] = await store.db.select({ id: removals.id }).from(removals).where(eq(removals.planId, planId))

  const lanes = await rowsOf<{ region: string; type: ResourceType; resources: number; tags: number }>(
    store,
    sql`
    select region, type, count(*)::int as resources, sum(jsonb_array_length(tags))::int as tags
    from plan_items where plan_id = ${planId} and skipped is null group by region, type order by region, type`,
  )
  const tagKeys = await rowsOf<{ key: string; resources: number; distinctValues: number }>(
    store,
    sql`
    select tag->>'key' as key, count(*)::int as resources, count(distinct tag->>'value')::int as "distinctValues"
    from plan_items, jsonb_array_elements(tags) tag where plan_id = ${planId} and skipped is null
    group by 1 order by resources desc, key`,
  )
  const skipped = await rowsOf<{ reason: SkipReason; resources: number }>(
    store,
    sql`
    select skipped as reason, count(*)::int as resources from plan_items
    where plan_id = ${planId} and skipped is not null group by 1 order by resources desc, reason`,
  )
  const [owners] = await rowsOf<PlanOwners>(
    store,
    sql`
    select (count(*) filter (where facts->'tags' @> '[{"key":"aws:cloudformation:stack-name"}]'))::int as "cloudFormation",
      count(terraform)::int as terraform,
      (count(*) filter (where terraform is not null and exists (select from jsonb_array_elements(tags) tag
        where terraform->'tagKeys' ? (tag->>'key') or terraform->'inheritedTagKeys' ? (tag->>'key'))))::int
        as "terraformPutsBack"
    from plan_items where plan_id = ${planId} and skipped is null`,
  )
  const siblings = await rowsOf<{ arn: Arn; of: string; skipped: string | null; total: number }>(
    store,
    sql`
    select sibling as arn, min(name) as of, min(skipped) as skipped, (count(*) over ())::int as total
    from plan_items, jsonb_array_elements_text(siblings) sibling
    where plan_id = ${planId} and ${siblingsCount}
      and not exists (select from plan_items same where same.plan_id = ${planId} and same.arn = sibling)
    group by sibling order by sibling limit ${SIBLINGS_SHOWN_MAX}`,
  )

  const share = writeShare()
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    id: plan.id,
    direction: plan.direction,
    state: plan.state,
    problem: plan.problem,
    digest: plan.digest,
    selected: plan.selected,
    read: plan.read,
    createdAt: plan.createdAt.toISOString(),
    readyAt: plan.readyAt?.toISOString() ?? null,
    removalId: started?.id ?? null,
    reverses: plan.request.from === 'removal' ? plan.request.removalId : null,
    filter: filterOf(plan.request),
    totals: {
      resources: sum(lanes.map((lane) => lane.resources)),
      tags: sum(lanes.map((lane) => lane.tags)),
      skipped: sum(skipped.map((row) => row.resources)),
      regions: [...new Set(lanes.map((lane) => lane.region))],
    },
    durationSeconds: secondsFor(lanes, plan.direction, share),
    share,
    tagKeys: tagKeys.map((row) => ({ ...row, sensitive: looksSensitive(row.key) })),
    skipped: skipped.map((row) => ({ ...row, sentence: skipSentence(row.reason) })),
    owners: owners ?? { cloudFormation: 0, terraform: 0, terraformPutsBack: 0 },
    siblings: siblings.map(({ arn, of, skipped: why }) => ({
      arn,
      of,
      region: regionOf(arn),
      why: why === 'replica' ? 'primaryOfReplica' : 'multiRegionSibling',
    })),
    siblingsTotal: siblings[0]?.total ?? 0,
  }
}

function filterOf(source: PlanSource): Filter | null {
  if (source.from === 'removal' || source.request.selection.by === 'arns') return null
  return source.request.selection.filter
}
