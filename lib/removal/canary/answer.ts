import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { appendEvents } from '../../audit/append.ts'
import type { AuditActor } from '../../audit-event.ts'
import { type CanaryAnswer, statesTaking } from '../../canary.ts'
import { ExpectedError } from '../../errors.ts'
import type { Queue } from '../../jobs/queue.ts'
import { removals } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { enqueueRemoval } from '../enqueue.ts'
import { settleRemovals } from '../items.ts'
import { requireRemoval } from '../read-removal.ts'
import { failCanary } from './fail.ts'
import { stopCanary } from './stop.ts'

interface Ports {
  store: Store
  queue: Queue
  scope: string
  by: AuditActor
}

/**
 * Takes the operator's answer to “did anything break?”. `fine`: the rest of the removal goes on. `broke`: what went first
 * is put back at once, or as soon as it is known what went, and the rest is never touched.
 *
 * @throws ExpectedError `notFound`, `wrongState` (nothing is asked, or it was answered before)
 */
export async function answerCanary(
  ports: Ports,
  { removalId, answer }: { removalId: string; answer: CanaryAnswer },
): Promise<void> {
  const { canary } = await requireRemoval(ports.store.db, ports.scope, removalId)
  const isTaken = answer === 'broke' ? await fail(ports, removalId) : await pass(ports, removalId)
  if (isTaken) return
  throw new ExpectedError('wrongState', canary === null ? 'this removal has no canary' : 'this was decided already')
}

/** While tags are on their way they are stopped first; they may have arrived in between. */
async function fail(ports: Ports, removalId: string): Promise<boolean> {
  const told = { failure: 'answer', by: ports.by } as const
  if (await stopCanary(ports, removalId, told)) {
    await enqueueRemoval(ports, removalId)
    return true
  }
  const from = statesTaking('broke').filter((state) => state !== 'changing')
  return failCanary(ports, removalId, { from, ...told })
}

async function pass(ports: Ports, removalId: string): Promise<boolean> {
  const { store, by } = ports
  const isPassed = await store.db.transaction(async (tx) => {
    const passed = await tx
      .update(removals)
      .set({ canary: 'passed', canaryAnsweredBy: by.name, canaryEndedAt: sql`now()` })
      .where(
        and(eq(removals.id, removalId), inArray(removals.canary, statesTaking('fine')), ne(removals.state, 'settled')),
      )
      .returning({ id: removals.id })
    if (passed.length > 0) await appendEvents(tx, removalId, [{ action: 'canary.passed', actor: by }])
    return passed.length > 0
  })
  if (!isPassed) return false
  await settleRemovals(store)
  await enqueueRemoval(ports, removalId)
  return true
}
