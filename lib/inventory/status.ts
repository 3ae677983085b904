import { and, desc, eq, ne } from 'drizzle-orm'
import type { Problem } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import { snapshotRegions, snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { completeSnapshot } from './snapshot.ts'

export interface RegionProgress {
  region: string
  type: ResourceType
  state: 'waiting' | 'scanning' | 'complete' | 'failed'
  /** Resources that the Region has named so far, and how many of them were read. */
  listed: number
  done: number
  /** Why it failed; on a complete one what could not be learnt, for example the aliases. */
  problem: Problem | null
}

export interface InventoryStatus {
  /** What the pages show. Problems count the resources that could not be read in full. */
  snapshot: { id: string; completedAt: string; keys: number; secrets: number; problems: number } | null
  /** The scan that runs now, or the last one when it failed as a whole. */
  scan: {
    id: string
    state: 'scanning' | 'failed'
    startedAt: string
    regions: RegionProgress[]
    problem: Problem | null
  } | null
  /** Of the snapshot shown. */
  regions: RegionProgress[]
  notes: string[]
}

/** How old the inventory of a scope is, what is in it, and how a running scan gets on. */
export async function readInventory(store: Store, scope: string): Promise<InventoryStatus> {
  const snapshot = await completeSnapshot(store, scope)
  const [scan] = await store.db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.scope, scope), ne(snapshots.state, 'complete')))
    .orderBy(desc(snapshots.startedAt))
    .limit(1)
  return {
    snapshot: snapshot
      ? {
          id: snapshot.id,
          completedAt: (snapshot.completedAt ?? snapshot.startedAt).toISOString(),
          keys: snapshot.summary.keys,
          secrets: snapshot.summary.secrets,
          problems: snapshot.summary.problems,
        }
      : null,
    scan:
      scan && scan.state !== 'complete'
        ? {
            id: scan.id,
            state: scan.state,
            startedAt: scan.startedAt.toISOString(),
            regions: await progress(store, scan.id),
            problem: scan.problem,
          }
        : null,
    regions: snapshot ? await progress(store, snapshot.id) : [],
    notes: snapshot?.notes ?? [],
  }
}

async function progress({ db }: Store, snapshotId: string): Promise<RegionProgress[]> {
  const rows = await db
    .select()
    .from(snapshotRegions)
    .where(eq(snapshotRegions.snapshotId, snapshotId))
    .orderBy(snapshotRegions.region, snapshotRegions.type)
  return rows.map(({ snapshotId: _, ...row }) => row)
}
