import { and, eq } from 'drizzle-orm'
import { type AffectedPage, listAffected } from '../../impact/list-affected.ts'
import type { ImpactRef } from '../../impact/require-impact.ts'
import { items } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { requirePlan } from '../plan.ts'
import { requireRemoval } from '../read-removal.ts'

const SHOWN_MAX = 20

/** The hardest hit first; the analysis says by which look-up their last uses become known. */
export interface CanaryAffected extends ImpactRef, Pick<AffectedPage, 'rows' | 'matched' | 'useLookUp'> {}

/**
 * Who may notice what goes first: the principals for whom the review said that anything changes on these resources, the
 * hardest hit first, with their last use of them as far as it was looked up.
 *
 * @throws ExpectedError `notFound`
 */
export async function affectedByCanary(store: Store, scope: string, removalId: string): Promise<CanaryAffected> {
  const { planId } = await requireRemoval(store.db, scope, removalId)
  const { impactId } = await requirePlan(store.db, scope, planId)
  const ref = { planId, impactId: impactId ?? '' }
  const first = await store.db
    .select({ arn: items.arn })
    .from(items)
    .where(and(eq(items.removalId, removalId), items.canary))
  const view = { show: 'all', unusedDays: null, text: '', page: 1, size: SHOWN_MAX } as const
  const arns = first.map(({ arn }) => arn)
  const { rows, matched, useLookUp } = await listAffected(store, scope, ref, view, arns)
  return { ...ref, rows, matched, useLookUp }
}
