import { and, desc, eq } from 'drizzle-orm'
import { snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** The complete snapshot that pages show for a scope; undefined before the first scan is through. */
export async function completeSnapshot({ db }: Store, scope: string) {
  const [snapshot] = await db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.scope, scope), eq(snapshots.state, 'complete')))
    .orderBy(desc(snapshots.completedAt))
    .limit(1)
  return snapshot
}

/** The account of a scope, which is written `account:uniqueId`. */
export function accountOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'))
}
