import { and, eq, ne, sql } from 'drizzle-orm'
import pLimit from 'p-limit'
import type { Aws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import { enabledRegions } from '../aws/regions.ts'
import { ExpectedError, isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import type { ResourceType } from '../resource.ts'
import { resources, snapshotRegions, snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { concerns } from './problem-reach.ts'
import { toRow } from './resource-rows.ts'
import { scanKeys } from './scan-keys.ts'
import type { ScanLane } from './scan-lane.ts'
import { type ScanProgress, trackProgress } from './scan-progress.ts'
import { scanSecrets } from './scan-secrets.ts'
import type { RegionProgress } from './status.ts'

const scanners: Record<ResourceType, (lane: ScanLane) => Promise<void>> = { key: scanKeys, secret: scanSecrets }
const types = Object.keys(scanners) as ResourceType[]
// Keys and secrets of a Region are two lanes with quotas of their own.
const LANES_AT_ONCE = 24
const ROWS_PER_INSERT = 500
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

/**
 * Starts to read the account into a new snapshot, as a job that goes on without the browser; the Regions are the enabled
 * ones unless some are chosen. There is one scan per scope: a second start joins the one that runs.
 *
 * @throws ExpectedError `invalidInput` for what cannot be the name of a Region
 */
export async function startScan(
  { store, queue, identity }: { store: Store; queue: Queue; identity: Identity },
  { regions = [] }: { regions?: string[] | undefined } = {},
): Promise<{ snapshotId: string }> {
  const { scope } = identity
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
    return begun.id
  })
  await queue.enqueue('scan', scope, { snapshotId })
  return { snapshotId }
}

const lanesOf = (snapshotId: string, regions: string[]) =>
  [...new Set(regions)].flatMap((region) => types.map((type) => ({ snapshotId, region, type })))

/** Enqueues the scans that a dead process left unfinished. */
export async function resumeScans({ store, queue }: { store: Store; queue: Queue }): Promise<void> {
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
    const identity = await readIdentity(aws)
    if (identity.scope !== snapshot.scope) {
      throw new ExpectedError(
        'otherIdentity',
        'another AWS identity is signed in than the one that asked for this scan',
      )
    }
    await prepare(store, aws, snapshotId, identity)
    const lanes = await scanLanes({ store, aws }, snapshotId, identity, signal)
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
async function prepare({ db }: Store, aws: Aws, snapshotId: string, { partition }: Identity): Promise<void> {
  await db.delete(resources).where(eq(resources.snapshotId, snapshotId))
  const chosen = await db.$count(snapshotRegions, eq(snapshotRegions.snapshotId, snapshotId))
  if (chosen > 0) return
  const { regions, note } = await enabledRegions(aws, partition)
  await db.insert(snapshotRegions).values(lanesOf(snapshotId, regions))
  if (note !== null)
    await db
      .update(snapshots)
      .set({ notes: [note] })
      .where(eq(snapshots.id, snapshotId))
}

/** Reads all lanes, several at a time. One whose failure concerns the whole scan ends the others too. */
async function scanLanes(
  ports: { store: Store; aws: Aws },
  snapshotId: string,
  { account }: Identity,
  jobSignal: AbortSignal,
): Promise<RegionProgress[]> {
  const progress = await trackProgress(ports.store, snapshotId)
  const ending = new AbortController()
  const signal = AbortSignal.any([jobSignal, ending.signal])
  const limit = pLimit(LANES_AT_ONCE)
  await Promise.all(
    progress.lanes.map((row) =>
      limit(async () => {
        try {
          if (!signal.aborted) await scanLane(ports, snapshotId, account, progress, row, signal)
        } catch (error) {
          ending.abort(error)
        }
      }),
    ),
  )
  await progress.stop()
  signal.throwIfAborted()
  return progress.lanes
}

async function scanLane(
  { store, aws }: { store: Store; aws: Aws },
  snapshotId: string,
  account: string,
  progress: ScanProgress,
  row: RegionProgress,
  signal: AbortSignal,
): Promise<void> {
  const change = (changes: Partial<RegionProgress>) => progress.changed(Object.assign(row, changes))
  const lane: ScanLane = {
    aws,
    account,
    region: row.region,
    signal,
    count: ({ listed = 0, done = 0 }) => change({ listed: row.listed + listed, done: row.done + done }),
    note: (problem) => change({ problem }),
    async keep(found) {
      for (let at = 0; at < found.length; at += ROWS_PER_INSERT) {
        const rows = found.slice(at, at + ROWS_PER_INSERT).map((resource) => toRow(snapshotId, resource))
        // A listing that changes while it is paged through can name a resource twice.
        await store.db.insert(resources).values(rows).onConflictDoNothing()
      }
    },
  }
  change({ state: 'scanning' })
  try {
    await scanners[row.type](lane)
    change({ state: 'complete' })
  } catch (error) {
    if (!isExpectedError(error) || concerns(error) === 'scan') throw error
    change({ state: 'failed', problem: await regionProblem(aws, error) })
  }
}

/** Credentials that STS knows but a Region does not are fine: the Region is not enabled. */
async function regionProblem(aws: Aws, error: ExpectedError): Promise<Problem> {
  if (error.code !== 'credentialsInvalid') return problemOf(error)
  await readIdentity(aws)
  return { code: 'regionDisabled', message: `the account is probably not enabled for this Region (${error.message})` }
}

async function complete({ db }: Store, snapshotId: string, scope: string): Promise<void> {
  await db.transaction(async (db) => {
    const done = { state: 'complete', completedAt: sql`now()` } as const
    await db.update(snapshots).set(done).where(eq(snapshots.id, snapshotId))
    await db.delete(snapshots).where(and(eq(snapshots.scope, scope), ne(snapshots.id, snapshotId)))
  })
}

async function fail({ db }: Store, snapshotId: string, problem: Problem): Promise<void> {
  await db.delete(resources).where(eq(resources.snapshotId, snapshotId))
  await db.update(snapshots).set({ state: 'failed', problem }).where(eq(snapshots.id, snapshotId))
}
