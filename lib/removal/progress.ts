import { inArray, sql } from 'drizzle-orm'
import { type OutcomeKind, outcomesOfKind } from '../outcome.ts'
import type { ResourceType } from '../resource.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { secondsFor } from './lane.ts'
import type { Direction } from './state.ts'

// The pace is measured over this window; a lane younger than the shortest age is believed to keep its share.
const WINDOW_SECONDS = 30
const BELIEVED_UNTIL_SECONDS = 10

/** How far one lane of a removal is. Counts are resources. */
export interface LaneProgress {
  region: string
  type: ResourceType
  total: number
  pending: number
  claimed: number
  proving: number
  settled: number
  /** Resources for which the call went out. */
  sent: number
  /** Resources with a tag that needs a look. */
  attention: number
  /** Resources that were cancelled before anything was sent. */
  stopped: number
  /** Calls per second over the last half minute. */
  perSecond: number
  /** Seconds since the first call, at most the window; 0 before it. */
  measuredSeconds: number
}

/** Counts of a removal by lane, in one query. */
export async function readLanes(store: Store, removalId: string): Promise<LaneProgress[]> {
  const count = (condition: ReturnType<typeof sql>) => sql`(count(*) filter (where ${condition}))::int`
  const hasTag = (kind: OutcomeKind) =>
    sql`exists (select from item_tags t where t.item_id = items.id and ${inArray(sql`t.outcome`, outcomesOfKind(kind))})`
  const recent = sql`sent_at > now() - make_interval(secs => ${WINDOW_SECONDS})`
  const measured = sql`least(${WINDOW_SECONDS}, extract(epoch from now() - min(sent_at)))`
  return rowsOf<LaneProgress>(
    store,
    sql`
    select region, type, count(*)::int as total,
      ${count(sql`state = 'pending'`)} as pending, ${count(sql`state = 'claimed'`)} as claimed,
      ${count(sql`state = 'proving'`)} as proving, ${count(sql`state = 'settled'`)} as settled,
      ${count(sql`sent_at is not null`)} as sent,
      ${count(hasTag('attention'))} as attention, ${count(hasTag('stopped'))} as stopped,
      coalesce(${count(recent)} / nullif(${measured}, 0), 0)::float8 as "perSecond",
      coalesce(${measured}, 0)::float8 as "measuredSeconds"
    from items where removal_id = ${removalId} group by region, type order by region, type`,
  )
}

/** Seconds until everything is written and proved, from what each lane has shown so far. */
export function estimate(lanes: readonly LaneProgress[], direction: Direction, share: number): number {
  const unwritten = lanes.map(({ type, pending, claimed, perSecond, measuredSeconds }) => ({
    type,
    resources: pending + claimed,
    perSecond: measuredSeconds >= BELIEVED_UNTIL_SECONDS && perSecond > 0 ? perSecond : undefined,
  }))
  return secondsFor(unwritten, direction, share)
}
