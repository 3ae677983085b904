import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import { ExpectedError } from '../errors.ts'
import { impacts, type plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { startedRemoval } from './begin-removal.ts'

/** What came of starting a plan: the removal, or the analysis that is made right before it. */
export type Started = { removalId: string } | { checking: string }

/** What has come of starting a plan so far; undefined when it may still be started, or changed. */
export async function startState(db: Pick<Store['db'], 'select'>, planId: string): Promise<Started | undefined> {
  const removalId = await startedRemoval(db, planId)
  if (removalId !== undefined) return { removalId }
  const [check] = await db
    .select({ id: impacts.id })
    .from(impacts)
    .where(
      and(eq(impacts.planId, planId), isNotNull(impacts.starting), isNull(impacts.worse), ne(impacts.state, 'failed')),
    )
  return check && { checking: check.id }
}

/**
 * Only a plan that is ready and that nobody has started may be changed or analysed again.
 *
 * @throws ExpectedError `wrongState`
 */
export async function requireUnstarted(
  db: Pick<Store['db'], 'select'>,
  plan: Pick<typeof plans.$inferSelect, 'id' | 'state'>,
): Promise<void> {
  if (plan.state !== 'ready') throw new ExpectedError('wrongState', 'this plan is not ready yet')
  if (await startState(db, plan.id)) throw new ExpectedError('wrongState', 'this plan was started already')
}
