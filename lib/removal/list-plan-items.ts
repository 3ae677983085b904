import { and, eq, or, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import { type SkipReason, skipSentence } from '../skip.ts'
import { contains } from '../store/contains.ts'
import { planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import { requirePlan } from './plan.ts'

/** One row of a plan: a resource with the tags that change, or with the reason why it is skipped. */
export interface PlanItem {
  arn: Arn
  type: ResourceType
  region: string
  name: string
  tags: Tag[]
  skipped: SkipReason | null
  sentence: string | null
  problem: Problem | null
  siblings: Arn[]
}

/**
 * One page of a plan's rows, by name. Pages count from 1.
 *
 * @throws ExpectedError `notFound`
 */
export async function listPlanItems(
  { db }: Store,
  scope: string,
  planId: string,
  { show, text, page, size }: { show: 'included' | 'skipped'; text: string; page: number; size: number },
): Promise<{ rows: PlanItem[]; matched: number }> {
  await requirePlan(db, scope, planId)
  const chosen = and(
    eq(planItems.planId, planId),
    show === 'included' ? sql`${planItems.skipped} is null` : sql`${planItems.skipped} is not null`,
    text === '' ? undefined : or(contains(planItems.name, text), contains(planItems.arn, text), someTagContains(text)),
  )
  const rows = await db
    .select()
    .from(planItems)
    .where(chosen)
    .orderBy(planItems.name, planItems.arn)
    .limit(size)
    .offset((page - 1) * size)
  return {
    matched: await db.$count(planItems, chosen),
    rows: rows.map(({ arn, type, region, name, tags, skipped, problem, siblings }) => ({
      arn,
      type,
      region,
      name,
      tags,
      skipped: skipped as SkipReason | null,
      sentence: skipped === null ? null : skipSentence(skipped as SkipReason),
      problem,
      siblings,
    })),
  }
}

const someTagContains = (text: string) => sql`exists (select from jsonb_array_elements(${planItems.tags}) tag
  where ${contains(sql`tag->>'key'`, text)} or ${contains(sql`tag->>'value'`, text)})`
