import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { CanaryState } from '../canary.ts'
import { type OutcomeKind, outcomesOfKind } from '../outcome.ts'
import { items, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Direction, PauseReason, RemovalState } from './state.ts'

/** One line of the list of removals; `done`, `attention` and `cameBack` count tags. */
export interface RemovalSummary {
  id: string
  direction: Direction
  state: RemovalState
  pauseReason: PauseReason | null
  /** How far what goes first is; null: all goes at once. */
  canary: CanaryState | null
  startedAt: string
  startedBy: string
  settledAt: string | null
  items: number
  tags: number
  done: number
  attention: number
  /** Tags that a scan saw again while the removal was watched, and when the last of them. */
  cameBack: number
  cameBackAt: string | null
  /** Whether it is watched now. */
  isWatched: boolean
  valuesPurgedAt: string | null
}

const conditions = {
  all: undefined,
  unsettled: sql`${removals.state} <> 'settled'`,
  watched: sql`${removals.watchUntil} > now()`,
}

/** Removals of this scope, newest first: every one, those that still run or are paused, or those that are watched. */
export async function listRemovals(
  { db }: Store,
  scope: string,
  which: keyof typeof conditions = 'all',
): Promise<RemovalSummary[]> {
  const tagsThatAre = (kind: OutcomeKind) =>
    sql<number>`(count(t.key) filter (where ${inArray(sql`t.outcome`, outcomesOfKind(kind))}))::int`
  const rows = await db
    .select({
      id: removals.id,
      direction: removals.direction,
      state: removals.state,
      pauseReason: removals.pauseReason,
      canary: removals.canary,
      startedAt: removals.startedAt,
      startedBy: removals.startedBy,
      settledAt: removals.settledAt,
      items: sql<number>`(select count(*) from items i where i.removal_id = ${removals.id})::int`,
      tags: sql<number>`count(t.key)::int`,
      done: tagsThatAre('done'),
      attention: tagsThatAre('attention'),
      cameBack: sql<number>`count(t.came_back_at)::int`,
      cameBackAt: sql<string | null>`max(t.came_back_at)`,
      isWatched: sql<boolean>`coalesce(${removals.watchUntil} > now(), false)`,
      valuesPurgedAt: removals.valuesPurgedAt,
    })
    .from(removals)
    .leftJoin(items, eq(items.removalId, removals.id))
    .leftJoin(sql`item_tags t`, sql`t.item_id = ${items.id}`)
    .where(and(eq(removals.scope, scope), conditions[which]))
    .groupBy(removals.id)
    .orderBy(desc(removals.startedAt))
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    cameBackAt: row.cameBackAt === null ? null : new Date(row.cameBackAt).toISOString(),
    valuesPurgedAt: row.valuesPurgedAt?.toISOString() ?? null,
  }))
}
