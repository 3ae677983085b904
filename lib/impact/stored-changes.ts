import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Effect } from '../impact-facts.ts'
import { impactChanges, impactPrincipals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** Actions that change alike for one principal on some resources. */
export interface StoredChange {
  /** The ARN of the principal; `operator` for whoever is signed in, whose next session has another. */
  readonly who: string
  readonly actions: readonly string[]
  readonly effect: readonly Effect[]
  /** The resources, by ordinal. */
  readonly members: Uint8Array
}

/** Few enough that reading them keeps nobody waiting. */
const ROWS_AT_ONCE = 500

/** All changes that an analysis found, in the order in which they were written. */
export async function storedChanges({ db }: Store, impactId: string): Promise<StoredChange[]> {
  const all: StoredChange[] = []
  const { id, actions, effect, members, principal } = impactChanges
  const ofPrincipal = and(eq(impactPrincipals.impactId, impactId), eq(impactPrincipals.ordinal, principal))
  const who = sql<string>`case when ${impactPrincipals.isOperator} then 'operator' else ${impactPrincipals.arn} end`
  let after = 0
  for (;;) {
    const rows = await db
      .select({ id, who, actions, effect, members })
      .from(impactChanges)
      .innerJoin(impactPrincipals, ofPrincipal)
      .where(and(eq(impactChanges.impactId, impactId), gt(id, after)))
      .orderBy(asc(id))
      .limit(ROWS_AT_ONCE)
    all.push(...rows)
    after = rows.at(-1)?.id ?? 0
    if (rows.length < ROWS_AT_ONCE) return all
  }
}
