import { and, eq, inArray, ne } from 'drizzle-orm'
import { canaryUnderWay } from '../canary.ts'
import type { Queue } from '../jobs/queue.ts'
import { items, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

interface Ports {
  store: Store
  queue: Queue
}

/**
 * Makes sure that a removal, or every removal, is worked off: its canary, and every lane in which it has something left.
 * Repeating it is harmless.
 */
export async function enqueueRemoval(ports: Ports, removalId?: string): Promise<void> {
  await enqueueLanes(ports, removalId)
  const underWay = await ports.store.db
    .select({ id: removals.id })
    .from(removals)
    .where(
      and(
        inArray(removals.canary, [...canaryUnderWay]),
        ne(removals.state, 'settled'),
        removalId === undefined ? undefined : eq(removals.id, removalId),
      ),
    )
  for (const { id } of underWay) await ports.queue.enqueue('canary', id, { removalId: id })
}

/** Makes sure that every lane in which a removal has something left is worked off. Repeating it is harmless. */
export async function enqueueLanes({ store, queue }: Ports, removalId?: string): Promise<void> {
  const lanes = await store.db
    .selectDistinct({ lane: items.lane })
    .from(items)
    .where(and(ne(items.state, 'settled'), removalId === undefined ? undefined : eq(items.removalId, removalId)))
  for (const { lane } of lanes) await queue.enqueue('lane', lane, { lane })
}
