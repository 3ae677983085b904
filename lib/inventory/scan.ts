import { and, eq, ne, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import { type Identity, requireIdentity } from '../aws/identity.ts'
import { enabledRegions } from '../aws/regions.ts'
import { ExpectedError, isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import type { ResourceType } from '../resource.ts'
import { resources, snapshotRegions, snapshots, tagUses } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { tidy } from '../store/tidy.ts'
import { noteCameBack } from './note-came-back.ts'
import { emptySnapshot } from './resource-rows.ts'
import { scanLanes } from './scan-lanes.ts'
import { completeNow } from './snapshot.ts'

const types: ResourceType[] = ['key', 'secret']
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

/**
 * Starts to read the account into a new snapshot, as a job that goes on without the browser; the Regions are the enabled
 * ones unless some are chosen. There is one scan per scope: a second start joins the one that runs.
 *
 * @throws ExpectedError `invalidInput` for what cannot be the name of a Region
 */
export async function startScan(
  { store, queue, scope, by }: { store: Store; queue: Pick<Queue, 'enqueue'>; scope: string; by: AuditActor },
  { regions = [] }: { regions?: string[] | undefined } = {},
): Promise<{ snapshotId: string }> {
  const strange = regions.find((region) => !REGION.test(region))
  if (strange !== undefined) throw new ExpectedError('invalidInput', `\`${strange}\` is not the name of a Region`)
  const snapshotId = await store.db.transaction(async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`scan ${scope}`}, 0))`)
    const [running] = await db
      .select({ id: snapshots.id })
      .from(snapshots)
      .where(and(eq(snapshots.scope, scope), eq(snapshots.state, 'scanning')))
    if (running) return running.id
    const [begun] = await db.insert(snapshots).values({ scope, state: 'scanning' }).returning({ id: snapshots.id })
    if (!begun) throw new Error('the snapshot was not stored')
    if (regions.length > 0) await db.insert(snapshotRegions).values(lanesOf(begun.id, regions))
    await appendToConsole(db, { action: 'scan.started', actor: by, details: { regions } })
    return begun.id
  })
  await queue.enqueue('scan', scope, { snapshotId })
  return { snapshotId }
}

const lanesOf = (snapshotId: string, regions: string[]) =>
  [...new Set(regions)].flatMap((region) => types.map((type) => ({ snapshotId, region, type })))

/** Enqueues the scans that a dead process left unfinished. */
export async function resumeScans({ store, queue }: { store: Store; queue: Pick<Queue, 'enqueue'> }): Promise<void> {
  const unfinished = await store.db.select().from(snapshots).where(eq(snapshots.state, 'scanning'))
  for (const { id, scope } of unfinished) await queue.enqueue('scan', scope, { snapshotId: id })
}

/**
 * Does the work of a scan. When complete, the snapshot replaces the former one of its scope; when nothing at all could
 * be read, or the credentials end, it is kept as failed with its problem and the former one stays. A Region or resource
 * that cannot be read is noted, and the rest goes on. Running it again starts it over.
 */
export async function runScan(
  { store, aws }: { store: Store; aws: Aws },
  { snapshotId, signal }: { snapshotId: string; signal: AbortSignal },
): Promise<void> {
  const [snapshot] = await store.db.select().from(snapshots).where(eq(snapshots.id, snapshotId))
  if (snapshot?.state !== 'scanning') return
  try {
    const identity = await requireIdentity(aws, snapshot.scope, 'scan')
    await prepare(store, aws, snapshotId, identity)
    const lanes = await withRemedy(aws, () => scanLanes({ store, aws, snapshotId, account: identity.account }, signal))
    const failed = lanes.filter(({ state }) => state === 'failed')
    const problem = failed[0]?.problem
    if (problem && failed.length === lanes.length) return await fail(store, snapshotId, problem)
    await complete(store, snapshotId, snapshot.scope)
  } catch (error) {
    signal.throwIfAborted()
    await fail(store, snapshotId, problemOf(error))
    if (!isExpectedError(error)) throw error
  }
}

/** Empties the snapshot and settles which Regions are looked into. */
async function prepare(store: Store, aws: Aws, snapshotId: string, { partition }: Identity): Promise<void> {
  const { db } = store
  await emptySnapshot(store, snapshotId)
  const chosen = await db.$count(snapshotRegions, eq(snapshotRegions.snapshotId, snapshotId))
  if (chosen > 0) return
  const { regions, note } = await enabledRegions(aws, partition)
  await db.insert(snapshotRegions).values(lanesOf(snapshotId, regions))
  const notes = note === null ? [] : [note]
  await db.update(snapshots).set({ notes }).where(eq(snapshots.id, snapshotId))
}

async function complete(store: Store, snapshotId: string, scope: string): Promise<void> {
  await store.db.transaction(async (db) => {
    await completeNow(db, snapshotId)
    await db.delete(snapshots).where(and(eq(snapshots.scope, scope), ne(snapshots.id, snapshotId)))
    await noteCameBack(db, snapshotId)
  })
  await tidy(store, sql`${resources}, ${tagUses}, ${snapshots}, ${snapshotRegions}`)
}

async function fail(store: Store, snapshotId: string, problem: Problem): Promise<void> {
  await emptySnapshot(store, snapshotId)
  await store.db.update(snapshots).set({ state: 'failed', problem }).where(eq(snapshots.id, snapshotId))
}
