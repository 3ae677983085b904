import { and, eq } from 'drizzle-orm'
import { removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Direction } from './state.ts'

/** What is left of a plan that went with its removal's old values. The instant is ISO 8601 in UTC. */
export interface PurgedPlan {
  removalId: string
  direction: Direction
  purgedAt: string
}

/** The removal that was made of a purged plan; null of a plan that is still there, was never started, or is somebody else's. */
export async function purgedPlan({ db }: Store, scope: string, planId: string): Promise<PurgedPlan | null> {
  const [removal] = await db
    .select({ removalId: removals.id, direction: removals.direction, purgedAt: removals.valuesPurgedAt })
    .from(removals)
    .where(and(eq(removals.planId, planId), eq(removals.scope, scope)))
  return removal?.purgedAt ? { ...removal, purgedAt: removal.purgedAt.toISOString() } : null
}
