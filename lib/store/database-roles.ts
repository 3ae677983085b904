import { type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import { ExpectedError } from '../errors.ts'
import type { Db } from './store.ts'

/**
 * Does something as the role that owns the schema, then grants the console's role what it names. One console at a time,
 * for PostgreSQL refuses grants on the same table that come at once.
 */
export async function asOwner(ownerUrl: string, run: (db: Db) => Promise<void>, grants: readonly SQL[]): Promise<void> {
  const pool = new Pool({ connectionString: ownerUrl, max: 1 })
  try {
    const db = drizzle(pool) as unknown as Db
    await run(db)
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('untag grants', 0))`)
      for (const grant of grants) await tx.execute(grant)
    })
  } finally {
    await pool.end()
  }
}

/** The role that a connection works with, as a name in SQL. */
export async function roleOf(db: Db): Promise<SQL> {
  const { rows } = await db.execute<{ role: string }>(sql`select current_user as role`)
  return sql`${sql.identifier(String(rows[0]?.role))}`
}

/** What the console's role needs in the store: everything, but of the audit log only to read it and to append. */
export function storeGrants(role: SQL): SQL[] {
  return [
    sql`grant usage on schema public to ${role}`,
    sql`grant select, insert, update, delete on all tables in schema public to ${role}`,
    sql`revoke insert, update, delete, truncate, references, trigger on audit_events from ${role}`,
    sql`grant execute on function append_audit_events to ${role}`,
  ]
}

/**
 * Makes sure that the console's role cannot change the audit log by other means.
 *
 * @throws ExpectedError `invalidInput` when it owns the log, is a member of the role that does, or is a superuser
 */
export async function requireAppendOnly(db: Db): Promise<void> {
  const { rows } = await db.execute<{ role: string }>(sql`
    select current_user as role from pg_class where oid = 'audit_events'::regclass
      and (pg_has_role(relowner, 'member') or has_table_privilege(oid, 'insert, update, delete, truncate, trigger'))`)
  if (rows[0])
    throw new ExpectedError(
      'invalidInput',
      `DATABASE_OWNER_URL is set, but the role \`${rows[0].role}\` of DATABASE_URL could still change the audit log: it must not be a superuser, nor own the tables, nor be a member of the role that does`,
    )
}
