import { eq, sql } from 'drizzle-orm'
import { snapshotRegions } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { RegionProgress } from './status.ts'

const STORE_EVERY_MS = 500

/** The counts of a scan: kept in memory, stored at most twice a second. */
export interface ScanProgress {
  lanes: RegionProgress[]
  /** Marks a lane of {@link lanes} as changed. */
  changed(lane: RegionProgress): void
  /** Stores what is not stored yet and stops. */
  stop(): Promise<void>
}

/** Takes over the rows of a snapshot, all of them waiting again. */
export async function trackProgress(store: Store, snapshotId: string): Promise<ScanProgress> {
  const waiting = { state: 'waiting', listed: 0, done: 0, problem: null } as const
  const rows = await store.db
    .update(snapshotRegions)
    .set(waiting)
    .where(eq(snapshotRegions.snapshotId, snapshotId))
    .returning()
  const lanes = rows.map(({ snapshotId: _, ...lane }) => lane)
  const unstored = new Set<RegionProgress>()
  let storing: Promise<void> = Promise.resolve()

  async function save() {
    if (unstored.size === 0) return
    const values = [...unstored].map((lane) => ({ ...lane, snapshotId }))
    unstored.clear()
    const { snapshotId: id, region, type } = snapshotRegions
    await store.db
      .insert(snapshotRegions)
      .values(values)
      .onConflictDoUpdate({
        target: [id, region, type],
        set: {
          state: sql`excluded.state`,
          listed: sql`excluded.listed`,
          done: sql`excluded.done`,
          problem: sql`excluded.problem`,
        },
      })
  }
  const timer = setInterval(() => {
    // A failure to store shows at the end, when stop() stores once more.
    storing = storing.then(save).catch(() => {})
  }, STORE_EVERY_MS)

  return {
    lanes,
    changed: (lane) => unstored.add(lane),
    async stop() {
      clearInterval(timer)
      await storing
      for (const lane of lanes) unstored.add(lane)
      await save()
    },
  }
}
