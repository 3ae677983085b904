import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { ExpectedError } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import { outcomesThatAre } from '../outcome.ts'
import { type PlanRequest, SELECTED_ARNS_MAX } from '../selection.ts'
import { items, itemTags, type PlanSource, planItems, plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { purgedReason, requireRemoval } from './read-removal.ts'
import type { Direction } from './state.ts'

interface Ports {
  store: Store
  queue: Queue
  scope: string
  by: AuditActor
}

/** Begins a plan from a selection; it is prepared by a job, which re-reads every resource. Nothing is removed by planning. */
export async function requestPlan(ports: Ports, request: PlanRequest): Promise<{ planId: string }> {
  return begin(ports, 'remove', { from: 'selection', request })
}

/**
 * Begins the plan that reverses a removal, or chosen items of it. Reversing a put-back takes the tags off again.
 *
 * @throws ExpectedError `notFound`, `wrongState` (still running, or its old values are purged)
 */
export async function requestPutBack(
  ports: Ports,
  { removalId, itemIds }: { removalId: string; itemIds: number[] | 'all' },
): Promise<{ planId: string }> {
  const removal = await requireRemoval(ports.store.db, ports.scope, removalId)
  if (removal.state !== 'settled') {
    throw new ExpectedError('wrongState', 'this removal still runs; wait until it has settled, or cancel it')
  }
  const direction: Direction = removal.direction === 'remove' ? 'putBack' : 'remove'
  return begin(ports, direction, { from: 'removal', removalId, itemIds })
}

/**
 * Begins a new plan of what a removal has not done: what waits, and what failed. All of it is read and analysed anew, for
 * policies change while a removal stands still. The removal itself stays as it is.
 *
 * @throws ExpectedError `notFound`, `wrongState` (nothing is left, not made from a selection, or its old values are purged),
 *   `invalidInput` (too many resources)
 */
export async function requestRest(ports: Ports, { removalId }: { removalId: string }): Promise<{ planId: string }> {
  const { db } = ports.store
  const removal = await requireRemoval(db, ports.scope, removalId)
  if (removal.valuesPurgedAt) throw new ExpectedError('wrongState', purgedReason(removal.valuesPurgedAt))
  const { request } = await requirePlan(db, ports.scope, removal.planId)
  if (request.from !== 'selection') throw new ExpectedError('wrongState', 'a reversal is planned from what it reverses')
  const rows = await db
    .selectDistinct({ arn: items.arn })
    .from(items)
    .innerJoin(itemTags, eq(itemTags.itemId, items.id))
    .where(and(eq(items.removalId, removalId), inArray(itemTags.outcome, ['pending', ...outcomesThatAre('retryable')])))
  if (rows.length === 0) throw new ExpectedError('wrongState', 'nothing of this removal is left to be done')
  return begin(ports, 'remove', {
    from: 'selection',
    request: { ...request.request, selection: selectionOf(rows.map(({ arn }) => arn)) },
  })
}

/**
 * Begins a new plan that holds, besides the resources of this one, the multi-Region siblings of its keys and the primary
 * secrets of its replicas. The first plan stays as it is.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not made from a selection), `invalidInput` (too many resources)
 */
export async function requestSiblings(ports: Ports, { planId }: { planId: string }): Promise<{ planId: string }> {
  const plan = await requirePlan(ports.store.db, ports.scope, planId)
  if (plan.request.from !== 'selection') throw new ExpectedError('wrongState', 'a put-back has no siblings to add')
  const rows = await ports.store.db
    .select({ arn: planItems.arn, siblings: planItems.siblings })
    .from(planItems)
    .where(and(eq(planItems.planId, planId), siblingsCount))
  const included = await ports.store.db
    .select({ arn: planItems.arn })
    .from(planItems)
    .where(and(eq(planItems.planId, planId), isNull(planItems.skipped)))
  const arns = [...new Set([...included.map(({ arn }) => arn), ...rows.flatMap(({ siblings }) => siblings)])]
  const request: PlanRequest = { ...plan.request.request, selection: selectionOf(arns) }
  return begin(ports, 'remove', { from: 'selection', request })
}

/**
 * A plan's row.
 *
 * @throws ExpectedError `notFound`, also when the plan is somebody else's
 */
export async function requirePlan(db: Store['db'], scope: string, planId: string) {
  const [plan] = await db
    .select()
    .from(plans)
    .where(and(eq(plans.id, planId), eq(plans.scope, scope)))
  if (!plan) throw new ExpectedError('notFound', 'there is no such plan')
  return plan
}

/** The rows whose siblings are worth offering: included keys (tags are per Region), and replicas (changed elsewhere). */
export const siblingsCount = sql`${planItems.siblings} <> '[]'::jsonb and (
  (${planItems.skipped} is null and ${planItems.type} = 'key') or ${planItems.skipped} = 'replica')`

function selectionOf(arns: string[]): PlanRequest['selection'] {
  if (arns.length <= SELECTED_ARNS_MAX) return { by: 'arns', arns }
  throw new ExpectedError('invalidInput', `${arns.length} resources are too many for one plan made of single resources`)
}

/** Kept from being purged until the transaction ends: a purge after it deletes the plan that was made from them. */
async function requireValues(tx: Pick<Store['db'], 'select'>, removalId: string): Promise<void> {
  const [removal] = await tx
    .select({ valuesPurgedAt: removals.valuesPurgedAt })
    .from(removals)
    .where(eq(removals.id, removalId))
    .for('share')
  if (removal?.valuesPurgedAt) throw new ExpectedError('wrongState', purgedReason(removal.valuesPurgedAt))
}

async function begin(
  { store, queue, scope, by }: Ports,
  direction: Direction,
  request: PlanSource,
): Promise<{ planId: string }> {
  const plan = await store.db.transaction(async (tx) => {
    if (request.from === 'removal') await requireValues(tx, request.removalId)
    const [made] = await tx.insert(plans).values({ scope, direction, request }).returning({ id: plans.id })
    if (!made) throw new Error('the plan was not stored')
    // Keys alone: values that were asked for are old values, and those the log never holds.
    const of =
      request.from === 'removal'
        ? { removalId: request.removalId }
        : { tagKeys: request.request.tags.map(({ key }) => key) }
    const details = { planId: made.id, direction, ...of }
    await appendToConsole(tx, { action: 'plan.requested', actor: by, details })
    return made
  })
  await queue.enqueue('plan', plan.id, { planId: plan.id })
  return { planId: plan.id }
}

/** Enqueues the plans that a dead process left unprepared. */
export async function resumePlans({ store, queue }: Pick<Ports, 'store' | 'queue'>): Promise<void> {
  const unprepared = await store.db.select({ id: plans.id }).from(plans).where(eq(plans.state, 'preparing'))
  for (const { id } of unprepared) await queue.enqueue('plan', id, { planId: id })
}
