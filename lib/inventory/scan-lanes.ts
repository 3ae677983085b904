import pLimit from 'p-limit'
import type { Aws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'
import { type ExpectedError, isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import type { Store } from '../store/store.ts'
import { concerns } from './problem-reach.ts'
import { insertResources } from './resource-rows.ts'
import { scanKeys } from './scan-keys.ts'
import type { ScanLane } from './scan-lane.ts'
import { type ScanProgress, trackProgress } from './scan-progress.ts'
import { scanSecrets } from './scan-secrets.ts'
import type { RegionProgress } from './status.ts'

const scanners: Record<ResourceType, (lane: ScanLane) => Promise<void>> = { key: scanKeys, secret: scanSecrets }
// Keys and secrets of a Region are two lanes with quotas of their own.
const LANES_AT_ONCE = 24

interface Scan {
  store: Store
  aws: Aws
  snapshotId: string
  account: string
}

/**
 * Reads every Region and type of a snapshot, several at a time, and answers how each has ended. A failure that concerns
 * the whole scan, such as expired credentials, ends the others too and is thrown once they have stopped.
 */
export async function scanLanes(scan: Scan, jobSignal: AbortSignal): Promise<RegionProgress[]> {
  const progress = await trackProgress(scan.store, scan.snapshotId)
  const ending = new AbortController()
  const signal = AbortSignal.any([jobSignal, ending.signal])
  const limit = pLimit(LANES_AT_ONCE)
  await Promise.all(
    progress.lanes.map((row) =>
      limit(async () => {
        try {
          if (!signal.aborted) await scanLane(scan, progress, row, signal)
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
  { store, aws, snapshotId, account }: Scan,
  progress: ScanProgress,
  row: RegionProgress,
  scanSignal: AbortSignal,
): Promise<void> {
  // What was queued when a Region fails must not be sent any more.
  const ending = new AbortController()
  const signal = AbortSignal.any([scanSignal, ending.signal])
  const change = (changes: Partial<RegionProgress>) => progress.changed(Object.assign(row, changes))
  const lane: ScanLane = {
    aws,
    account,
    region: row.region,
    signal,
    count: ({ listed = 0, done = 0 }) => change({ listed: row.listed + listed, done: row.done + done }),
    note: (problem) => change({ problem }),
    keep: (found) => insertResources(store, snapshotId, found),
  }
  change({ state: 'scanning' })
  try {
    await scanners[row.type](lane)
    change({ state: 'complete' })
  } catch (error) {
    ending.abort(error)
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
