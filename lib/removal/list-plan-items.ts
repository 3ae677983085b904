import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { ImpactSign } from '../impact-review.ts'
import { type ImpactVerdict, type ItemImpact, impactVerdicts } from '../item-impact.ts'
import type { ResourceType } from '../resource.ts'
import { type SkipReason, skipSentence } from '../skip.ts'
import { contains } from '../store/contains.ts'
import { impactItems, planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import type { TerraformResource } from '../terraform.ts'
import { requirePlan } from './plan.ts'

/** One row of a plan: a resource with the tags that change, or with the reason why it is skipped. */
export interface PlanItem {
  arn: Arn
  type: ResourceType
  region: string
  name: string
  tags: Tag[]
  /** All that the resource carries, those that stay included; null where they could not be read. */
  allTags: Tag[] | null
  /** Where it stands in Terraform, as far as the operator has dropped files. */
  terraform: TerraformResource | null
  skipped: SkipReason | null
  sentence: string | null
  problem: Problem | null
  siblings: Arn[]
  /** Null as long as it is not analysed. */
  impact: ItemImpact | null
  /** Its number in the analysis. */
  ordinal: number | null
}

/** Which rows, and which page of them; `verdict` and `sign` choose by what the plan does to access. */
export interface PlanItemsView {
  show: 'included' | 'skipped'
  text: string
  verdict: ImpactVerdict | null
  sign: ImpactSign | null
  page: number
  size: number
}

/**
 * One page of a plan's rows, by name; those that are included and analysed with the worst first. Pages count from 1.
 *
 * @throws ExpectedError `notFound`
 */
export async function listPlanItems(
  { db }: Store,
  scope: string,
  planId: string,
  { show, text, verdict, sign, page, size }: PlanItemsView,
): Promise<{ rows: PlanItem[]; matched: number }> {
  const { impactId } = await requirePlan(db, scope, planId)
  const chosen = and(
    eq(planItems.planId, planId),
    show === 'included' ? sql`${planItems.skipped} is null` : sql`${planItems.skipped} is not null`,
    text === '' ? undefined : or(contains(planItems.name, text), contains(planItems.arn, text), someTagContains(text)),
    verdict === null ? undefined : eq(impactItems.verdict, verdict),
    sign === null ? undefined : sql`${impactItems.signs} ? ${sign}`,
  )
  const analysed = and(sql`${impactItems.impactId} = ${impactId}`, eq(impactItems.arn, planItems.arn))
  const rows = await db
    .select({ item: planItems, impact: impactItems.impact, ordinal: impactItems.ordinal })
    .from(planItems)
    .leftJoin(impactItems, analysed)
    .where(chosen)
    .orderBy(...(show === 'included' ? [worstFirst] : []), planItems.name, planItems.arn)
    .limit(size)
    .offset((page - 1) * size)
  const [counted] = await db
    .select({ matched: sql<number>`count(*)::int` })
    .from(planItems)
    .leftJoin(impactItems, analysed)
    .where(chosen)
  return {
    matched: counted?.matched ?? 0,
    rows: rows.map(
      ({ item: { arn, type, region, name, tags, facts, terraform, skipped, problem, siblings }, impact, ordinal }) => ({
        arn,
        type,
        region,
        name,
        tags,
        allTags: facts?.tags ?? null,
        terraform,
        skipped: skipped as SkipReason | null,
        sentence: skipped === null ? null : skipSentence(skipped as SkipReason),
        problem,
        siblings,
        impact,
        ordinal,
      }),
    ),
  }
}

const worstFirst: SQL = sql`array_position(array[${sql.join(
  impactVerdicts.map((verdict) => sql`${verdict}`),
  sql`, `,
)}]::text[], ${impactItems.verdict})`

const someTagContains = (text: string) => sql`exists (select from jsonb_array_elements(${planItems.tags}) tag
  where ${contains(sql`tag->>'key'`, text)} or ${contains(sql`tag->>'value'`, text)})`
