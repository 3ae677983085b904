import { eq, inArray } from 'drizzle-orm'
import type { StartRequest } from '../impact-facts.ts'
import type { Queue } from '../jobs/queue.ts'
import { impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

interface Ports {
  store: Store
  queue: Queue
}

/**
 * Writes an analysis down that a job is to make, within whatever transaction the caller has begun; it must be enqueued
 * afterwards. With `starting` it is the check right before a start: when it finds nothing worse than what was reviewed,
 * the plan is started.
 */
export async function storeImpact(
  db: Pick<Store['db'], 'insert'>,
  planId: string,
  starting: StartRequest | null,
): Promise<string> {
  const [impact] = await db.insert(impacts).values({ planId, starting }).returning({ id: impacts.id })
  if (!impact) throw new Error('the analysis was not stored')
  return impact.id
}

/** Enqueues the analyses that a dead process left unfinished; each starts over. */
export async function resumeImpacts({ store, queue }: Ports): Promise<void> {
  const unfinished = await store.db
    .select({ id: impacts.id })
    .from(impacts)
    .where(inArray(impacts.state, ['waiting', 'reading', 'analysing']))
  for (const { id } of unfinished) await queue.enqueue('impact', id, { impactId: id })
}

/** The row of an analysis; undefined when it is gone with its plan. */
export async function impactRow({ store }: Pick<Ports, 'store'>, impactId: string) {
  const [impact] = await store.db.select().from(impacts).where(eq(impacts.id, impactId))
  return impact
}
