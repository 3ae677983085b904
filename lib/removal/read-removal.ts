import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { ExpectedError, type Problem } from '../errors.ts'
import { type Outcome, type OutcomeKind, outcomeRow, outcomes, outcomesOfKind } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { contains } from '../store/contains.ts'
import { items, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { estimate, type LaneProgress, readLanes } from './progress.ts'
import {
  type Direction,
  type ItemState,
  type PauseReason,
  type RemovalMove,
  type RemovalState,
  removalMoves,
} from './state.ts'

/** A removal as its page shows it. Instants are ISO 8601 in UTC. */
export interface Removal {
  id: string
  planId: string
  direction: Direction
  state: RemovalState
  pauseReason: PauseReason | null
  pauseMessage: string | null
  cancelled: boolean
  startedAt: string
  /** ARN of the AWS identity that started it. */
  startedBy: string
  settledAt: string | null
  reverses: string | null
  /** The removals that reverse this one, newest first. */
  putBackBy: string[]
  acknowledgement: string
  share: number
  items: Record<ItemState | 'total', number>
  tags: { total: number; byOutcome: Record<Outcome, number> }
  /** Resources per minute over the last half minute. */
  perMinute: number
  /** Null when it stands still or has settled. */
  secondsLeft: number | null
  lanes: LaneProgress[]
  moves: { move: RemovalMove; disabledReason: string | null }[]
}

/**
 * Reads a removal with its counts.
 *
 * @throws ExpectedError `notFound`, also when the removal is somebody else's
 */
export async function readRemoval({ db }: Store, scope: string, removalId: string): Promise<Removal> {
  const removal = await requireRemoval(db, scope, removalId)
  const lanes = await readLanes(db, removalId)
  const byOutcome = await countOutcomes(db, removalId)
  const putBackBy = await db
    .select({ id: removals.id })
    .from(removals)
    .where(eq(removals.reverses, removalId))
    .orderBy(desc(removals.startedAt))
  const sum = (count: (lane: LaneProgress) => number) => lanes.reduce((total, lane) => total + count(lane), 0)
  return {
    ...removal,
    startedAt: removal.startedAt.toISOString(),
    settledAt: removal.settledAt?.toISOString() ?? null,
    putBackBy: putBackBy.map(({ id }) => id),
    items: {
      total: sum((lane) => lane.total),
      pending: sum((lane) => lane.pending),
      claimed: sum((lane) => lane.claimed),
      proving: sum((lane) => lane.proving),
      settled: sum((lane) => lane.settled),
    },
    tags: { total: Object.values(byOutcome).reduce((total, count) => total + count, 0), byOutcome },
    perMinute: Math.round(sum((lane) => lane.perSecond) * 60),
    secondsLeft: removal.state === 'running' ? estimate(lanes, removal.direction, removal.share) : null,
    lanes,
    moves: movesOf(removal.state, byOutcome),
  }
}

async function requireRemoval(db: Store['db'], scope: string, removalId: string) {
  const [removal] = await db
    .select()
    .from(removals)
    .where(and(eq(removals.id, removalId), eq(removals.scope, scope)))
  if (!removal) throw new ExpectedError('notFound', 'there is no such removal')
  return removal
}

async function countOutcomes(db: Store['db'], removalId: string): Promise<Record<Outcome, number>> {
  const { rows } = await db.execute<{ outcome: Outcome; tags: number }>(sql`
    select t.outcome, count(*)::int as tags from items i join item_tags t on t.item_id = i.id
    where i.removal_id = ${removalId} group by 1`)
  const counts = new Map(rows.map(({ outcome, tags }) => [outcome, tags]))
  return Object.fromEntries(
    (Object.keys(outcomes) as Outcome[]).map((outcome) => [outcome, counts.get(outcome) ?? 0]),
  ) as Record<Outcome, number>
}

const needs: Partial<Record<RemovalMove, { flag: 'retryable' | 'reversible'; otherwise: string }>> = {
  retryFailed: { flag: 'retryable', otherwise: 'nothing failed that a retry could mend' },
  putBack: { flag: 'reversible', otherwise: 'nothing was changed, so there is nothing to reverse' },
}
const stateReasons: Record<RemovalState, string> = {
  running: 'the removal is running',
  paused: 'the removal is paused',
  settled: 'the removal has settled',
}

function movesOf(state: RemovalState, byOutcome: Record<Outcome, number>): Removal['moves'] {
  const every = [...new Set(Object.values(removalMoves).flat())]
  return every.map((move) => {
    if (!(removalMoves[state] as readonly RemovalMove[]).includes(move))
      return { move, disabledReason: stateReasons[state] }
    const need = needs[move]
    const met =
      !need ||
      (Object.keys(byOutcome) as Outcome[]).some((outcome) => byOutcome[outcome] > 0 && outcomeRow(outcome)[need.flag])
    return { move, disabledReason: met ? null : need.otherwise }
  })
}

/** One line of the list of removals; `done` and `attention` count tags. */
export interface RemovalSummary {
  id: string
  direction: Direction
  state: RemovalState
  pauseReason: PauseReason | null
  startedAt: string
  startedBy: string
  settledAt: string | null
  items: number
  tags: number
  done: number
  attention: number
}

/** Every removal of this scope, newest first; with `unsettled` only those that still run or are paused. */
export async function listRemovals(
  { db }: Store,
  scope: string,
  which: 'all' | 'unsettled' = 'all',
): Promise<RemovalSummary[]> {
  const tagsThatAre = (kind: OutcomeKind) =>
    sql<number>`(count(t.key) filter (where ${inArray(sql`t.outcome`, outcomesOfKind(kind))}))::int`
  const rows = await db
    .select({
      id: removals.id,
      direction: removals.direction,
      state: removals.state,
      pauseReason: removals.pauseReason,
      startedAt: removals.startedAt,
      startedBy: removals.startedBy,
      settledAt: removals.settledAt,
      items: sql<number>`(select count(*) from items i where i.removal_id = ${removals.id})::int`,
      tags: sql<number>`count(t.key)::int`,
      done: tagsThatAre('done'),
      attention: tagsThatAre('attention'),
    })
    .from(removals)
    .leftJoin(items, eq(items.removalId, removals.id))
    .leftJoin(sql`item_tags t`, sql`t.item_id = ${items.id}`)
    .where(and(eq(removals.scope, scope), which === 'unsettled' ? sql`${removals.state} <> 'settled'` : undefined))
    .groupBy(removals.id)
    .orderBy(desc(removals.startedAt))
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  }))
}

/** One resource of a removal with what became of each of its tags. */
export interface RemovalItem {
  id: number
  arn: Arn
  type: ResourceType
  region: string
  name: string
  state: ItemState
  settledAt: string | null
  attempts: number
  tags: { key: string; value: string; outcome: Outcome; problem: Problem | null; requestId: string | null }[]
}

/**
 * One page of a removal's resources, by name. `attention` shows those with a tag that needs a look. Pages count from 1.
 *
 * @throws ExpectedError `notFound`
 */
export async function listRemovalItems(
  { db }: Store,
  scope: string,
  removalId: string,
  { outcome, text, page, size }: { outcome: Outcome | 'all' | 'attention'; text: string; page: number; size: number },
): Promise<{ rows: RemovalItem[]; matched: number }> {
  await requireRemoval(db, scope, removalId)
  const wanted = outcome === 'all' ? undefined : outcome === 'attention' ? outcomesOfKind('attention') : [outcome]
  const chosen = sql.join(
    [
      sql`i.removal_id = ${removalId}`,
      ...(wanted
        ? [
            someTag(
              sql`t.outcome in (${sql.join(
                wanted.map((one) => sql`${one}`),
                sql`, `,
              )})`,
            ),
          ]
        : []),
      ...(text === ''
        ? []
        : [
            sql`(${contains(sql`i.name`, text)} or ${contains(sql`i.arn`, text)} or
            ${someTag(sql`${contains(sql`t.key`, text)} or ${contains(sql`t.value`, text)}`)})`,
          ]),
    ],
    sql` and `,
  )
  const { rows } = await db.execute<RemovalItem & { [column: string]: unknown }>(sql`
    select i.id::int as id, i.arn, i.type, i.region, i.name, i.state, i.attempts, i.settled_at as "settledAt",
      (select json_agg(json_build_object('key', t.key, 'value', t.value, 'outcome', t.outcome, 'problem', t.problem,
        'requestId', t.request_id) order by t.key) from item_tags t where t.item_id = i.id) as tags
    from items i where ${chosen} order by i.name, i.id limit ${size} offset ${(page - 1) * size}`)
  const { rows: counted } = await db.execute<{ matched: number }>(
    sql`select count(*)::int as matched from items i where ${chosen}`,
  )
  const instant = (value: string | null) => (value === null ? null : new Date(value).toISOString())
  return { rows: rows.map((row) => ({ ...row, settledAt: instant(row.settledAt) })), matched: counted[0]?.matched ?? 0 }
}

const someTag = (condition: SQL) => sql`exists (select from item_tags t where t.item_id = i.id and (${condition}))`
