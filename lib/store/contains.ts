import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** True where the column contains the text, whatever its case; `%`, `_` and `\` mean themselves. */
export function contains(column: SQL | AnyColumn, text: string): SQL {
  return sql`${column} ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`
}
