import { and, desc, eq, sql } from 'drizzle-orm'
import { ExpectedError } from '../errors.ts'
import { type ImpactReview, type ImpactSign, impactSigns, type WorseResource } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import { impacts, plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { countItems } from './count-items.ts'
import { countPrincipals } from './count-principals.ts'
import { countProtections } from './count-protections.ts'
import { keptItems } from './kept-items.ts'
import { isWhole, requiredAcknowledgements } from './required.ts'

/**
 * Reads what a plan does to access, as far as it is known by now, without its rows.
 *
 * @throws ExpectedError `notFound`, also when the plan is somebody else's
 */
export async function readImpact(store: Store, scope: string, planId: string): Promise<ImpactReview> {
  const [plan] = await store.db
    .select({ removalId: removals.id, calibration: plans.calibration })
    .from(plans)
    .leftJoin(removals, eq(removals.planId, plans.id))
    .where(and(eq(plans.id, planId), eq(plans.scope, scope)))
  if (!plan) throw new ExpectedError('notFound', 'there is no such plan')
  const newestFirst = await readAnalyses(store, planId)
  const shown = newestFirst.find(({ isCheck, worse }) => !isCheck || worse !== null)
  if (!shown) return notBegun
  const { verdicts, signs } = await countItems(store, planId, shown.id)
  const isReady = shown.state === 'ready'
  const [newest] = newestFirst
  return {
    impactId: shown.id,
    state: shown.state,
    done: shown.done,
    total: shown.total,
    problem: shown.problem,
    readyAt: shown.readyAt?.toISOString() ?? null,
    picture: shown.picture,
    verdicts,
    signs: Object.fromEntries(impactSigns.map((sign) => [sign, signs[sign].resources])) as Record<ImpactSign, number>,
    principals: await countPrincipals(store, shown.id, await keptItems(store, planId, shown.id)),
    protectedTags: signs.protected.resources === 0 ? [] : await countProtections(store, planId, shown.id),
    calibration: plan.calibration,
    required: isReady ? requiredAcknowledgements(signs, isWhole(shown.picture)) : [],
    start: newest?.isCheck && plan.removalId === null ? await startOf(store, planId, newest) : null,
  }
}

const notBegun: ImpactReview = {
  impactId: null,
  state: 'waiting',
  done: 0,
  total: 0,
  problem: null,
  readyAt: null,
  picture: null,
  verdicts: { notPermitted: 0, awsRefuses: 0, you: 0, gain: 0, unknown: 0, others: 0, none: 0 },
  signs: Object.fromEntries(impactSigns.map((sign) => [sign, 0])) as Record<ImpactSign, number>,
  principals: { losing: 0, gaining: 0, unknown: 0 },
  protectedTags: [],
  calibration: null,
  required: [],
  start: null,
}

type Analysis = Awaited<ReturnType<typeof readAnalyses>>[number]

async function readAnalyses({ db }: Store, planId: string) {
  return db
    .select({
      id: impacts.id,
      state: impacts.state,
      done: impacts.done,
      total: impacts.total,
      problem: impacts.problem,
      readyAt: impacts.readyAt,
      // Whole SCPs are no part of what is shown.
      picture: sql<ImpactReview['picture']>`${impacts.picture} - 'scps' - 'rcps'`,
      isCheck: sql<boolean>`${impacts.starting} is not null`,
      worse: impacts.worse,
    })
    .from(impacts)
    .where(eq(impacts.planId, planId))
    .orderBy(desc(impacts.startedAt))
}

/** What became of a check before a start, as long as no removal has come of it. */
async function startOf(store: Store, planId: string, check: Analysis): Promise<ImpactReview['start']> {
  if (check.state === 'failed') {
    return check.problem && { state: 'failed', problem: check.problem }
  }
  if (check.worse === null) return { state: 'checking', done: check.done, total: check.total }
  const worse = await rowsOf<WorseResource>(
    store,
    sql`
    select arn, name from plan_items where plan_id = ${planId} and skipped is null
      and arn in (select jsonb_array_elements_text(${JSON.stringify(check.worse)}::jsonb)) order by name, arn`,
  )
  return worse.length === 0 ? null : { state: 'refused', worse }
}
