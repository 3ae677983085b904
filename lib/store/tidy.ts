import { type SQL, sql } from 'drizzle-orm'
import type { Store } from './store.ts'

/**
 * Does for some tables of the embedded database what autovacuum, which it lacks, does on a server: gives the place of
 * deleted rows back and learns what the rows are like. Without it the planner takes 20,000 new rows for a few and
 * sorts them all for each page. Nothing else is answered meanwhile: half a second for 20,000 resources.
 */
export async function tidy({ db, connection }: Store, tables: SQL): Promise<void> {
  if (connection.dialect === 'pglite') await db.execute(sql`vacuum (analyze) ${tables}`)
}
