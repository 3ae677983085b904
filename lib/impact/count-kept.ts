import { type SQL, sql } from 'drizzle-orm'
import type { Members } from './kept-items.ts'

/** How many resources of a row of `impact_changes` are kept, in SQL; null: all of them are. */
export function countKept(kept: Members | null): SQL<number> {
  if (kept === null) return sql`bit_count(members)::int`
  const hex = Buffer.from(kept).toString('hex')
  // Texts of bits of one length; a bitmap may end before its last resources.
  const members = sql`('x' || rpad(encode(members, 'hex'), ${hex.length}, '0'))::varbit`
  return sql`bit_count(${members} & ${`x${hex}`}::varbit)::int`
}
