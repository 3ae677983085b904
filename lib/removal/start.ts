import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { ExpectedError } from '../errors.ts'
import { countItems } from '../impact/count-items.ts'
import { impactRow, storeImpact } from '../impact/request.ts'
import { firstUnmet, isWhole, requiredAcknowledgements } from '../impact/required.ts'
import type { Acknowledgement } from '../item-impact.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Store } from '../store/store.ts'
import { requirePlan } from './plan.ts'
import { lockPlan, requireReviewed, stalePlan } from './sealed-plan.ts'
import { type Started, startState } from './start-state.ts'

interface Ports {
  store: Store
  queue: Queue
  scope: string
  by: AuditActor
}

/** What the operator had on the screen, and what they took note of. */
export interface StartInput {
  planId: string
  reviewedPlanDigest: string
  reviewedImpactId: string
  acknowledgements: readonly Acknowledgement[]
  /** Whether one resource of each class goes first; a put-back goes at once. */
  canary: boolean
}

/**
 * Starts what the operator has reviewed, and returns at once: with the check that is made right before it (see
 * {@link startChecked}), or with the removal when that has begun. Whatever is pressed how often: one plan has one check at
 * a time and makes one removal, and a second start answers with the same.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not ready, or nothing to do), `stalePlan` (the plan or its impact is not
 *   the one on the screen, or the stored plan is not the one that was sealed), `invalidInput` (not acknowledged)
 */
export async function startRemoval(ports: Ports, input: StartInput): Promise<Started> {
  const { store, queue, scope } = ports
  const { planId, reviewedImpactId, reviewedPlanDigest } = input
  const plan = await requirePlan(store.db, scope, planId)
  if (plan.state !== 'ready') throw new ExpectedError('wrongState', 'this plan is not ready yet')
  await requireReviewed(store.db, plan, reviewedPlanDigest)
  const acknowledgements = await requireAcknowledged(store, input)
  const begun = await store.db.transaction(async (tx) => {
    const { digest, impactId } = await lockPlan(tx, scope, planId)
    if (digest !== reviewedPlanDigest || impactId !== reviewedImpactId) throw stalePlan()
    const before = await startState(tx, planId)
    if (before) return before
    const reviewed = { reviewedImpactId, reviewedPlanDigest, acknowledgements }
    const canary = input.canary && plan.direction === 'remove'
    const starting = { ...reviewed, startedBy: ports.by.name, startedFrom: ports.by.address, canary }
    const checking = await storeImpact(tx, planId, starting)
    const details = { planId, ...reviewed, canary }
    await appendToConsole(tx, { action: 'start.requested', actor: ports.by, details })
    return { checking }
  })
  if ('checking' in begun) await queue.enqueue('impact', begun.checking, { impactId: begun.checking })
  return begun
}

/** Answers with the acknowledgements that are asked for, as they were given. */
async function requireAcknowledged(store: Store, input: StartInput): Promise<Acknowledgement[]> {
  const impact = await impactRow({ store }, input.reviewedImpactId)
  if (impact?.planId !== input.planId || impact.state !== 'ready') throw stalePlan()
  const { signs } = await countItems(store, input.planId, impact.id)
  const required = requiredAcknowledgements(signs, isWhole(impact.picture))
  const unmet = firstUnmet(required, input.acknowledgements)
  if (unmet) {
    const wants = unmet.typed === null ? 'tick its box' : `type \`${unmet.typed}\``
    throw new ExpectedError('invalidInput', `\`${unmet.kind}\` was not acknowledged: ${wants}`)
  }
  return required.map(({ kind, typed }) => ({ kind, typed }))
}
