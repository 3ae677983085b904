import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'

/** Bit n: the resource with ordinal n, counted as `impact_changes.members` counts. */
export type Members = Uint8Array

/** Which resources of an analysis are still part of the plan; null: all, for none was dropped. */
export async function keptItems(store: Store, planId: string, impactId: string): Promise<Members | null> {
  const rows = await rowsOf<{ ordinal: number; isKept: boolean }>(
    store,
    sql`
    select i.ordinal, p.skipped is null as "isKept"
    from impact_items i join plan_items p on p.plan_id = ${planId} and p.arn = i.arn
    where i.impact_id = ${impactId}`,
  )
  if (rows.every(({ isKept }) => isKept)) return null
  const kept = new Uint8Array(Math.ceil(rows.length / 8))
  for (const { ordinal, isKept } of rows)
    if (isKept) kept[ordinal >> 3] = (kept[ordinal >> 3] ?? 0) | (1 << (ordinal & 7))
  return kept
}

/** Whether any of these resources is kept. */
export function someKept(members: Members, kept: Members | null): boolean {
  return kept === null || members.some((byte, at) => (byte & (kept[at] ?? 0)) !== 0)
}
