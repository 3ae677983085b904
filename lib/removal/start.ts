import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { ACKNOWLEDGEMENT } from '../acknowledgement.ts'
import type { Identity } from '../aws/identity.ts'
import { ExpectedError } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import { items, planItems, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { planDigest } from './digest.ts'
import { journalRemoval } from './journal.ts'
import { laneOfRow } from './lane.ts'
import { requirePlan } from './plan.ts'
import { writeShare } from './share.ts'

interface Ports {
  store: Store
  queue: Queue
  identity: Identity
  scope: string
}

/**
 * Starts the removal that the operator has reviewed and returns at once. Whatever is pressed how often: one plan makes
 * one removal, and a second start answers with the first one's id.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not ready, or nothing to do), `stalePlan` (the digest is not the one on
 *   the screen, or the stored plan is not the one that was sealed), `invalidInput` (not acknowledged)
 */
export async function startRemoval(
  ports: Ports,
  input: { planId: string; reviewedPlanDigest: string; acknowledgement: string },
): Promise<{ removalId: string }> {
  const { store, scope } = ports
  const plan = await requirePlan(store.db, scope, input.planId)
  if (plan.state !== 'ready') throw new ExpectedError('wrongState', 'this plan is not ready yet')
  if (input.acknowledgement !== ACKNOWLEDGEMENT) {
    throw new ExpectedError('invalidInput', `type \`${ACKNOWLEDGEMENT}\` to confirm that you know it`)
  }
  const included = await store.db
    .select()
    .from(planItems)
    .where(and(eq(planItems.planId, plan.id), isNull(planItems.skipped)))
    .orderBy(asc(planItems.arn))
  if (included.length === 0) throw new ExpectedError('wrongState', 'this plan changes nothing')
  const digest = planDigest(plan.direction, included)
  if (digest !== plan.digest || digest !== input.reviewedPlanDigest) {
    throw new ExpectedError('stalePlan', 'this is not the plan that was reviewed; reload the page and read it again')
  }
  const removalId = await store.db.transaction(async (tx) => {
    const [started] = await tx
      .insert(removals)
      .values({
        planId: plan.id,
        scope,
        direction: plan.direction,
        share: writeShare(),
        acknowledgements: [],
        planDigest: digest,
        impactDigest: '',
        startedBy: ports.identity.arn,
        reverses: plan.request.from === 'removal' ? plan.request.removalId : null,
      })
      .onConflictDoNothing({ target: removals.planId })
      .returning({ id: removals.id })
    if (!started) return undefined
    await tx.execute(sql`
      with added as (
        insert into items (removal_id, arn, type, region, name, lane)
        select ${started.id}, arn, type, region, name, ${laneOfRow}
        from plan_items where plan_id = ${plan.id} and skipped is null order by arn
        returning id, arn)
      insert into item_tags (item_id, key, value)
      select added.id, tag.key, tag.value from added
        join plan_items p on p.plan_id = ${plan.id} and p.arn = added.arn,
        jsonb_to_recordset(p.tags) as tag(key text, value text)`)
    const [removal] = await tx.select().from(removals).where(eq(removals.id, started.id))
    if (removal) journalRemoval(store.journalFolder, removal)
    return started.id
  })
  const started = removalId ?? (await startedBefore(store, plan.id))
  await enqueueLanes(ports, started)
  return { removalId: started }
}

async function startedBefore(store: Store, planId: string): Promise<string> {
  const [removal] = await store.db.select({ id: removals.id }).from(removals).where(eq(removals.planId, planId))
  if (!removal) throw new Error('the plan was started and is not')
  return removal.id
}

/** Makes sure that every lane in which a removal has something left is worked off. Repeating it is harmless. */
export async function enqueueLanes(
  { store, queue }: Pick<Ports, 'store' | 'queue'>,
  removalId?: string,
): Promise<void> {
  const lanes = await store.db
    .selectDistinct({ lane: items.lane })
    .from(items)
    .where(and(sql`${items.state} <> 'settled'`, removalId === undefined ? undefined : eq(items.removalId, removalId)))
  for (const { lane } of lanes) await queue.enqueue('lane', lane, { lane })
}
