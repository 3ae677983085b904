import { sql } from 'drizzle-orm'
import { isKeyArn } from '../../arn.ts'
import { tagOperations } from '../../aws/tag-operations.ts'
import { ExpectedError } from '../../errors.ts'
import { isMember } from '../../impact/is-member.ts'
import { type ImpactRef, requireImpact } from '../../impact/require-impact.ts'
import { rowsOf } from '../../store/rows-of.ts'
import type { Store } from '../../store/store.ts'
import { type Alike, type Cover, coverClasses } from './cover.ts'
import { canaryWaitSeconds } from './wait.ts'

/**
 * ARNs of the resources of a plan that go first, as one analysis tells them apart: one of each class, and only such as
 * could surely be changed and put back by the operator.
 *
 * @throws ExpectedError `wrongState`: there is none
 */
export async function chooseCanary(store: Store, ref: ImpactRef): Promise<string[]> {
  const { arns } = await choose(store, ref)
  if (arns.length > 0) return arns
  throw new ExpectedError('wrongState', 'nothing could surely be put back, so nothing can go first; start without it')
}

/** Whether the operator may come to be unable to read the tags of `impact_items i`: what cannot be read is not put back. */
const mayBeUnreadable = sql`exists (
  select from impact_changes c
  join impact_principals o on o.impact_id = i.impact_id and o.ordinal = c.principal and o.is_operator
  where c.impact_id = i.impact_id and ${isMember} and c.effect ?| array['loss', 'may-lose', 'unknown']
    and c.actions ? case p.type when 'key' then ${tagOperations.key.readQuota} else ${tagOperations.secret.readQuota} end)`

async function choose(store: Store, { planId, impactId }: ImpactRef): Promise<Cover & { resources: number }> {
  const alike = await rowsOf<Alike>(
    store,
    sql`
    with planned as (
      select i.shape, p.arn, p.name, (select jsonb_agg(tag->>'key' order by tag->>'key') from jsonb_array_elements(p.tags) tag) as keys,
        i.impact->>'change' = 'allow' and i.impact->>'reverse' = 'allow' and i.impact->>'awsRefuses' = 'false' and not ${mayBeUnreadable} as "isFit"
      from impact_items i join plan_items p on p.plan_id = ${planId} and p.arn = i.arn and p.skipped is null
      where i.impact_id = ${impactId})
    select shape, keys as "tagKeys", count(*)::int as resources,
      (array_agg(arn order by name collate "C", arn) filter (where "isFit"))[1] as fit
    from planned group by shape, keys order by shape, keys`,
  )
  const resources = alike.reduce((sum, each) => sum + each.resources, 0)
  return { ...coverClasses(alike), resources }
}

/** What the review tells of a canary before anybody chooses it. */
export interface CanaryOffer extends Omit<Cover, 'arns'> {
  /** Resources that would go first, of so many. */
  first: number
  resources: number
  /** How long KMS is waited for; 0: no key is among the first. */
  waitSeconds: number
}

/**
 * What would go first if a plan were started with a canary.
 *
 * @throws ExpectedError `notFound`: there is no such analysis, it is not ready, or the plan is somebody else's
 */
export async function offerCanary(store: Store, scope: string, ref: ImpactRef): Promise<CanaryOffer> {
  await requireImpact(store, scope, ref)
  const { arns, ...counts } = await choose(store, ref)
  return { ...counts, first: arns.length, waitSeconds: arns.some(isKeyArn) ? canaryWaitSeconds() : 0 }
}
