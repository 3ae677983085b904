import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { addMember, noMembers } from './members.ts'

/** Resources by ordinal, as `impact_changes.members` holds them; see {@link noMembers}. */
export type Members = Uint8Array

/** Which resources of an analysis are still part of the plan; null: all, for none was dropped. */
export async function keptItems(store: Store, planId: string, impactId: string): Promise<Members | null> {
  const [row] = await rowsOf<{ dropped: number[] | null }>(
    store,
    sql`
    select json_agg(i.ordinal) as dropped
    from plan_items p join impact_items i on i.impact_id = ${impactId} and i.arn = p.arn
    where p.plan_id = ${planId} and p.skipped is not null`,
  )
  if (!row?.dropped) return null
  const [counted] = await rowsOf<{ count: number }>(
    store,
    sql`select count(*)::int as count from impact_items where impact_id = ${impactId}`,
  )
  const dropped = new Set(row.dropped)
  const kept = noMembers(counted?.count ?? 0)
  for (let ordinal = 0; ordinal < (counted?.count ?? 0); ordinal++) if (!dropped.has(ordinal)) addMember(kept, ordinal)
  return kept
}

/** These resources of an analysis, by ARN. */
export async function theseItems(store: Store, impactId: string, arns: readonly string[]): Promise<Members> {
  const rows = await rowsOf<{ ordinal: number; count: number }>(
    store,
    sql`
    select ordinal, (select count(*)::int from impact_items where impact_id = ${impactId}) as count
    from impact_items where impact_id = ${impactId} and arn = any(${sql.param(arns)}::text[])`,
  )
  const members = noMembers(rows[0]?.count ?? 0)
  for (const { ordinal } of rows) addMember(members, ordinal)
  return members
}

/** Whether any of these resources is kept. */
export function someKept(members: Members, kept: Members | null): boolean {
  for (let at = 0; at < members.length; at++) {
    if (((members[at] ?? 0) & (kept === null ? 0xff : (kept[at] ?? 0))) !== 0) return true
  }
  return false
}
