import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { keptUntil } from './retention.ts'

/** What may happen to a removal after it has settled. Instants are ISO 8601 in UTC. */
export interface Afterwards {
  /** How scans look whether removed tags came back; null: it was never watched. */
  watch: { until: string; isOver: boolean; lookedAt: string | null } | null
  /** Tags that a scan saw again while it was watched. */
  cameBack: number
  /** The values that the tags had: when they were purged, or until when they are kept (null: for ever, or not settled). */
  oldValues: { purgedAt: string | null; keptUntil: string | null }
}

interface Row {
  watchUntil: string | null
  isOver: boolean | null
  lookedAt: string | null
  cameBack: number
  purgedAt: string | null
  keptUntil: string | null
}

/** Reads what has happened to a removal since it settled; whether a watch is over, the database's clock decides. */
export async function readAfterwards(store: Store, removalId: string): Promise<Afterwards> {
  const [row] = await rowsOf<Row>(
    store,
    sql`select r.watch_until as "watchUntil", r.watch_until <= now() as "isOver", r.looked_at as "lookedAt",
      (select count(*)::int from items i join item_tags t on t.item_id = i.id
        where i.removal_id = r.id and t.came_back_at is not null) as "cameBack",
      r.values_purged_at as "purgedAt", ${keptUntil} as "keptUntil"
    from removals r where r.id = ${removalId}`,
  )
  if (!row) throw new Error('a removal that was just read is gone')
  const { watchUntil, isOver, lookedAt, cameBack, purgedAt } = row
  return {
    watch:
      watchUntil === null ? null : { until: iso(watchUntil), isOver: isOver === true, lookedAt: isoOrNull(lookedAt) },
    cameBack,
    oldValues: { purgedAt: isoOrNull(purgedAt), keptUntil: purgedAt === null ? isoOrNull(row.keptUntil) : null },
  }
}

const iso = (instant: string) => new Date(instant).toISOString()
const isoOrNull = (instant: string | null) => (instant === null ? null : iso(instant))
