import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** An instant as `toISOString` writes it: ISO 8601 in UTC with milliseconds. */
export function utcText(instant: SQL | AnyColumn): SQL<string> {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
