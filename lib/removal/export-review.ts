import { type AffectedPage, listAffected } from '../impact/list-affected.ts'
import { readImpact } from '../impact/read-impact.ts'
import type { AffectedPrincipal, ImpactReview } from '../impact-review.ts'
import type { Store } from '../store/store.ts'
import { listPlanItems, type PlanItem } from './list-plan-items.ts'
import { type Plan, readPlan } from './read-plan.ts'

const ROWS_PER_PAGE = 1_000

/** A review as it stands, for those who keep it, print it or read it elsewhere. Instants are ISO 8601 in UTC. */
export interface ReviewExport {
  format: 'untag-review-1'
  exportedAt: string
  account: string
  plan: Plan
  impact: ImpactReview
  included: PlanItem[]
  leftOut: PlanItem[]
  /** Empty as long as nothing is analysed. */
  affected: AffectedPrincipal[]
}

/**
 * Puts together a whole review: the plan with every row, what it does to access, and to whom.
 *
 * @throws ExpectedError `notFound`, also when the plan is somebody else's
 */
export async function exportReview(
  { store, scope, account }: { store: Store; scope: string; account: string },
  planId: string,
): Promise<ReviewExport> {
  const plan = await readPlan(store, scope, planId)
  const impact = await readImpact(store, scope, planId)
  const included = await allPlanItems(store, scope, planId, 'included')
  return {
    format: 'untag-review-1',
    exportedAt: new Date().toISOString(),
    account,
    plan,
    impact,
    // A row may still have the verdict of an earlier analysis.
    included: impact.state === 'ready' ? included : included.map((item) => ({ ...item, impact: null, ordinal: null })),
    leftOut: await allPlanItems(store, scope, planId, 'skipped'),
    affected: await allRows((page) => affectedOf(store, scope, { planId, impact, page })),
  }
}

/**
 * Every row of a plan, those that are included with the worst first.
 *
 * @throws ExpectedError `notFound`
 */
export async function allPlanItems(
  store: Store,
  scope: string,
  planId: string,
  show: 'included' | 'skipped',
): Promise<PlanItem[]> {
  return allRows(async (page) => {
    const view = { show, text: '', verdict: null, sign: null, page, size: ROWS_PER_PAGE }
    return (await listPlanItems(store, scope, planId, view)).rows
  })
}

async function affectedOf(
  store: Store,
  scope: string,
  { planId, impact: { impactId, state }, page }: { planId: string; impact: ImpactReview; page: number },
): Promise<AffectedPage['rows']> {
  if (impactId === null || state !== 'ready') return []
  const view = { show: 'all', unusedDays: null, text: '', page, size: ROWS_PER_PAGE } as const
  return (await listAffected(store, scope, { planId, impactId }, view)).rows
}

/** Every row of a list that is read page by page; pages count from 1. */
async function allRows<Row>(read: (page: number) => Promise<Row[]>): Promise<Row[]> {
  const all: Row[] = []
  for (let page = 1; ; page += 1) {
    const rows = await read(page)
    all.push(...rows)
    if (rows.length < ROWS_PER_PAGE) return all
  }
}
