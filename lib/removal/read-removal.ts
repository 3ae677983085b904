import { and, desc, eq, sql } from 'drizzle-orm'
import { letsAllGo } from '../canary.ts'
import { ExpectedError } from '../errors.ts'
import type { Acknowledgement } from '../item-impact.ts'
import { type Outcome, outcomeRow, outcomes } from '../outcome.ts'
import { rowsOf } from '../store/rows-of.ts'
import { removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Canary, readCanary } from './canary/read.ts'
import { kmsFollowsSeconds } from './canary/wait.ts'
import { leftToReverse } from './left-to-reverse.ts'
import { estimate, type LaneProgress, readLanes } from './progress.ts'
import { type Afterwards, readAfterwards } from './read-afterwards.ts'
import {
  type Direction,
  type ItemState,
  type PauseReason,
  type RemovalMove,
  type RemovalState,
  removalMoves,
} from './state.ts'

/** A removal as its page shows it. Instants are ISO 8601 in UTC. */
export interface Removal extends Afterwards {
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
  /** SHA-256, hex: of the reviewed plan, and of the analysis made right before the start. */
  planDigest: string
  impactDigest: string
  reverses: string | null
  /** The removals that reverse this one, newest first. */
  putBackBy: { id: string; state: RemovalState; startedAt: string; startedBy: string }[]
  /** Tags that it has changed, or may have, and that no later reversal turns back; 0 until it has settled. */
  leftToReverse: number
  /** What the operator took note of before the start. */
  acknowledgements: readonly Acknowledgement[]
  share: number
  items: Record<ItemState | 'total', number>
  tags: { total: number; byOutcome: Record<Outcome, number> }
  /** Resources per minute over the last half minute. */
  perMinute: number
  /** Null when it stands still, waits for its canary, or has settled. */
  secondsLeft: number | null
  lanes: LaneProgress[]
  /** What goes first; null: all goes at once. */
  canary: Canary | null
  /** Seconds until KMS's access decisions follow a changed tag, at the latest. */
  kmsFollowsSeconds: number
  moves: { move: RemovalMove; disabledReason: string | null }[]
}

/**
 * Reads a removal with its counts.
 *
 * @throws ExpectedError `notFound`, also when the removal is somebody else's
 */
export async function readRemoval(store: Store, scope: string, removalId: string): Promise<Removal> {
  const removal = await requireRemoval(store.db, scope, removalId)
  const lanes = await readLanes(store, removalId)
  const byOutcome = await countOutcomes(store, removalId)
  const putBackBy = await store.db
    .select({ id: removals.id, state: removals.state, startedAt: removals.startedAt, startedBy: removals.startedBy })
    .from(removals)
    .where(eq(removals.reverses, removalId))
    .orderBy(desc(removals.startedAt))
  const sum = (count: (lane: LaneProgress) => number) => lanes.reduce((total, lane) => total + count(lane), 0)
  const canary = await readCanary(store, removal)
  const goesOn = removal.state === 'running' && letsAllGo(removal.canary)
  const afterwards = await readAfterwards(store, removalId)
  const { id, planId, direction, state, pauseReason, pauseMessage, cancelled } = removal
  const { startedBy, acknowledgements, share, planDigest, impactDigest, reverses } = removal
  return {
    id,
    planId,
    direction,
    state,
    pauseReason,
    pauseMessage,
    cancelled,
    startedBy,
    acknowledgements,
    share,
    planDigest,
    impactDigest,
    reverses,
    startedAt: removal.startedAt.toISOString(),
    settledAt: removal.settledAt?.toISOString() ?? null,
    putBackBy: putBackBy.map((one) => ({ ...one, startedAt: one.startedAt.toISOString() })),
    leftToReverse: state === 'settled' ? await leftToReverse(store, removalId) : 0,
    ...afterwards,
    items: {
      total: sum((lane) => lane.total),
      pending: sum((lane) => lane.pending),
      claimed: sum((lane) => lane.claimed),
      proving: sum((lane) => lane.proving),
      settled: sum((lane) => lane.settled),
    },
    tags: { total: Object.values(byOutcome).reduce((total, count) => total + count, 0), byOutcome },
    perMinute: removal.state === 'running' ? Math.round(sum((lane) => lane.perSecond) * 60) : 0,
    secondsLeft: goesOn ? estimate(lanes, removal.direction, removal.share) : null,
    lanes,
    canary,
    kmsFollowsSeconds: kmsFollowsSeconds(),
    moves: movesOf(removal, byOutcome),
  }
}

/**
 * A removal's row.
 *
 * @throws ExpectedError `notFound`, also when the removal is somebody else's
 */
export async function requireRemoval(db: Store['db'], scope: string, removalId: string) {
  const [removal] = await db
    .select()
    .from(removals)
    .where(and(eq(removals.id, removalId), eq(removals.scope, scope)))
  if (!removal) throw new ExpectedError('notFound', 'there is no such removal')
  return removal
}

async function countOutcomes(store: Store, removalId: string): Promise<Record<Outcome, number>> {
  const rows = await rowsOf<{ outcome: Outcome; tags: number }>(
    store,
    sql`
    select t.outcome, count(*)::int as tags from items i join item_tags t on t.item_id = i.id
    where i.removal_id = ${removalId} group by 1`,
  )
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

/** Why nothing that asks for old values can be done any more. */
export function purgedReason(at: Date): string {
  return `its old values were purged on ${at.toISOString().slice(0, 10)}`
}

/** Why what a canary has stopped is not tried again. */
export const CANARY_NOT_PASSED = 'its canary did not pass; choose the resources anew, and review them'

/** Why a canary that is being stopped is not cancelled: that would leave its tags off. */
export const CANARY_STOPPING = 'it is being stopped already, and what went is put back'

function movesOf(
  { state, canary, valuesPurgedAt }: Pick<typeof removals.$inferSelect, 'state' | 'canary' | 'valuesPurgedAt'>,
  byOutcome: Record<Outcome, number>,
): Removal['moves'] {
  const every = [...new Set(Object.values(removalMoves).flat())]
  return every.map((move) => {
    if (!(removalMoves[state] as readonly RemovalMove[]).includes(move))
      return { move, disabledReason: stateReasons[state] }
    if (move === 'retryFailed' && !letsAllGo(canary)) return { move, disabledReason: CANARY_NOT_PASSED }
    if (move === 'cancel' && canary === 'stopping') return { move, disabledReason: CANARY_STOPPING }
    const need = needs[move]
    if (need && valuesPurgedAt) return { move, disabledReason: purgedReason(valuesPurgedAt) }
    const met =
      !need ||
      (Object.keys(byOutcome) as Outcome[]).some((outcome) => byOutcome[outcome] > 0 && outcomeRow(outcome)[need.flag])
    return { move, disabledReason: met ? null : need.otherwise }
  })
}
