import { and, eq } from 'drizzle-orm'
import { type AffectedPage, listAffected } from '../../impact/list-affected.ts'
import { items } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { requirePlan } from '../plan.ts'
import { requireRemoval } from '../read-removal.ts'

const SHOWN_MAX = 20

/**
 * Who may notice what goes first: the principals for whom the review said that anything changes on these resources, the
 * hardest hit first, with their last use of them as far as it was looked up.
 *
 * @throws ExpectedError `notFound`
 */
export async function affectedByCanary(
  store: Store,
  scope: string,
  removalId: string,
): Promise<Pick<AffectedPage, 'rows' | 'matched' | 'useLookUp'>> {
  const { planId } = await requireRemoval(store.db, scope, removalId)
  const { impactId } = await requirePlan(store.db, scope, planId)
  const first = await store.db
    .select({ arn: items.arn })
    .from(items)
    .where(and(eq(items.removalId, removalId), items.canary))
  const view = { show: 'all', unusedDays: null, text: '', page: 1, size: SHOWN_MAX } as const
  const arns = first.map(({ arn }) => arn)
  const { rows, matched, useLookUp } = await listAffected(
    store,
    scope,
    { planId, impactId: impactId ?? '' },
    view,
    arns,
  )
  return { rows, matched, useLookUp }
}
