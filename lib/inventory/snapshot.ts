import { and, desc, eq, sql } from 'drizzle-orm'
import { resources, type SnapshotSummary, snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

const nothing: SnapshotSummary = { keys: 0, secrets: 0, problems: 0, regions: [], states: [], managers: [] }

/** The complete snapshot that pages show for a scope; undefined before the first scan is through. */
export async function completeSnapshot({ db }: Store, scope: string) {
  const [snapshot] = await db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.scope, scope), eq(snapshots.state, 'complete')))
    .orderBy(desc(snapshots.completedAt))
    .limit(1)
  return snapshot && { ...snapshot, summary: snapshot.summary ?? nothing }
}

/**
 * Ends a snapshot that is being scanned: from now on nothing is added to it, and what it holds is counted. Call it
 * within a transaction.
 */
export async function completeNow(db: Pick<Store['db'], 'execute'>, snapshotId: string): Promise<void> {
  // Waits for whoever adds to it, so that the statement after it sees that, too.
  await db.execute(sql`select from ${snapshots} where id = ${snapshotId} for update`)
  const distinct = (column: string) =>
    sql`coalesce(jsonb_agg(distinct ${sql.identifier(column)} collate "C" order by ${sql.identifier(column)} collate "C"), '[]')`
  await db.execute(sql`
    update ${snapshots} set state = 'complete', completed_at = now(), summary = (
      select jsonb_build_object(
        'keys', count(*) filter (where type = 'key'), 'secrets', count(*) filter (where type = 'secret'),
        'problems', count(problem), 'regions', ${distinct('region')}, 'states', ${distinct('state')},
        'managers', ${distinct('manager')})
      from ${resources} where snapshot_id = ${snapshotId})
    where id = ${snapshotId}`)
}

/** The account of a scope, which is written `account:uniqueId`. */
export function accountOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'))
}
