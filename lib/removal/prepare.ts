import { eq, sql } from 'drizzle-orm'
import pLimit from 'p-limit'
import { type Arn, isKeyArn, parseArn } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import { requireIdentity } from '../aws/identity.ts'
import { paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { ineligibilityOf } from '../eligibility.ts'
import { isExpectedError, type Problem, problemOf } from '../errors.ts'
import { storeImpact } from '../impact/request.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Resource, ResourceType } from '../resource.ts'
import type { SkipReason } from '../skip.ts'
import { planItems, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { asWholeText } from '../text.ts'
import { chooseTags, type Wanted } from './choose-tags.ts'
import { planDigest } from './digest.ts'
import { READ_SHARE } from './lane.ts'
import type { Direction } from './state.ts'
import { type WantedItem, wantedItems } from './wanted.ts'

type PlanRow = typeof plans.$inferSelect
type PlanItemRow = typeof planItems.$inferInsert

const READS_AT_ONCE_PER_REGION = 24
const ROWS_PER_INSERT = 500
const PROGRESS_EVERY_MS = 500

/**
 * Does the work behind a plan: re-reads every selected resource live, keeps the tags that are there (or, putting back,
 * are not), notes why the rest is skipped, and seals the plan with its digest; what it does to access is found out by the
 * analysis that it asks for. Running it again starts it over.
 */
export async function preparePlan(
  ports: { store: Store; queue: Queue; aws: Aws },
  planId: string,
  signal: AbortSignal,
): Promise<void> {
  const { db } = ports.store
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId))
  if (plan?.state !== 'preparing') return
  try {
    const wanted = await wantedItems(ports.store, plan)
    await db.delete(planItems).where(eq(planItems.planId, planId))
    await db.update(plans).set({ selected: wanted.length, read: 0 }).where(eq(plans.id, planId))
    const rows = await readAll(ports, plan, wanted, signal)
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
      await db.insert(planItems).values(rows.slice(at, at + ROWS_PER_INSERT))
    }
    const impactId = await seal(ports.store, plan, rows)
    if (impactId !== null) await ports.queue.enqueue('impact', impactId, { impactId })
  } catch (error) {
    signal.throwIfAborted()
    if (!isExpectedError(error)) console.error(error)
    await db
      .update(plans)
      .set({ state: 'failed', problem: problemOf(error) })
      .where(eq(plans.id, planId))
  }
}

/** The plan is ready together with the analysis that it needs; null: it changes nothing. */
async function seal({ db }: Store, { id, direction }: PlanRow, rows: readonly PlanItemRow[]): Promise<string | null> {
  const included = rows.filter(({ skipped }) => skipped === null)
  return db.transaction(async (tx) => {
    await tx
      .update(plans)
      .set({ state: 'ready', digest: planDigest(direction, included), read: rows.length, readyAt: sql`now()` })
      .where(eq(plans.id, id))
    return included.length === 0 ? null : storeImpact(tx, id, null)
  })
}

async function readAll(
  { store, aws }: { store: Store; aws: Aws },
  plan: PlanRow,
  wanted: WantedItem[],
  signal: AbortSignal,
): Promise<PlanItemRow[]> {
  const { account } = await requireIdentity(aws, plan.scope, 'plan')
  const limits = new Map<string, ReturnType<typeof pLimit>>()
  let read = 0
  let toldAt = 0
  const readOne = async (one: WantedItem) => {
    signal.throwIfAborted()
    const row = await planItem(aws, plan, one, account, signal)
    read += 1
    if (performance.now() - toldAt > PROGRESS_EVERY_MS) {
      toldAt = performance.now()
      await store.db.update(plans).set({ read }).where(eq(plans.id, plan.id))
    }
    return row
  }
  return Promise.all(
    wanted.map((one) => {
      const region = parseArn(one.arn)?.region ?? ''
      const limit = limits.get(region) ?? pLimit(READS_AT_ONCE_PER_REGION)
      limits.set(region, limit)
      return limit(() => readOne(one))
    }),
  )
}

// A plan made with credentials that end half-way would call the rest unreadable; it fails as a whole instead.
const endsThePlan = new Set<Problem['code']>(['credentialsExpired', 'credentialsMissing', 'credentialsInvalid'])

async function planItem(
  aws: Aws,
  plan: PlanRow,
  { arn, name, wanted }: WantedItem,
  account: string,
  signal: AbortSignal,
): Promise<PlanItemRow> {
  const type: ResourceType = isKeyArn(arn) ? 'key' : 'secret'
  const parts = parseArn(arn)
  const region = parts?.region ?? ''
  const bare = {
    planId: plan.id,
    arn,
    type,
    region,
    name: arn,
    tags: [],
    problem: null,
    siblings: [],
    primaryRegion: null,
  }
  if (parts?.account !== account) return { ...bare, skipped: 'otherAccount' satisfies SkipReason }
  try {
    const { readQuota, readResource } = tagOperations[type]
    const pace = paceOf(account, region, readQuota, READ_SHARE)
    const { resource, facts } = await pacedCall(pace, () => readResource(aws, arn), signal)
    return { ...bare, ...rowFor(resource, wanted, plan, account), facts, name: name ?? asWholeText(resource.name) }
  } catch (error) {
    signal.throwIfAborted()
    const problem = problemOf(error)
    if (!isExpectedError(error) || endsThePlan.has(problem.code)) throw error
    const skipped: SkipReason = problem.code === 'notFound' ? 'gone' : 'unreadable'
    return { ...bare, skipped, problem }
  }
}

function rowFor(resource: Resource, wanted: Wanted, plan: PlanRow, account: string): Partial<PlanItemRow> {
  const { primaryRegion, problem } = resource
  const siblings = siblingsOffered(resource)
  const ineligible = ineligibilityOf(resource, account)
  const insists = plan.request.from === 'removal' || plan.request.request.includeServiceOwned
  if (ineligible && !(ineligible === 'serviceOwned' && insists)) {
    return { primaryRegion, siblings, problem, skipped: ineligible }
  }
  const direction: Direction = plan.direction
  const { tags, contested, skipped } = chooseTags(direction, wanted, resource.tags ?? [])
  return { primaryRegion, siblings, tags, skipped, problem: skipped === null ? leftAlone(contested) : null }
}

/** Said beside the tags that are changed, so that nothing is left out in silence. */
function leftAlone(contested: readonly string[]): Problem | null {
  if (contested.length === 0) return null
  const tagKeys = contested.map((tagKey) => `\`${tagKey}\``).join(', ')
  return { code: 'stalePlan', message: `${tagKeys}: has another value by now, which is left alone` }
}

/** Keys of a multi-Region key have tags of their own; a replica secret's tags are changed on its primary. */
function siblingsOffered({ arn, type, region, primaryRegion, siblings }: Resource): Arn[] {
  if (type === 'key') return siblings
  if (primaryRegion === null || primaryRegion === region) return []
  return [arn.replace(`:${region}:`, `:${primaryRegion}:`)]
}
