import '#server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type Queue as BossQueue, fromPglite, PgBoss, type WorkOptions } from 'pg-boss'
import { asOwner, roleOf } from '../store/database-roles.ts'
import type { Store } from '../store/store.ts'
import { steadyClock } from './steady-clock.ts'

/** The kinds of long work, with what each job is told. One job per key is active at a time, and at most one more waits. */
export interface JobData {
  /** Reads an account into a snapshot. Key: the scope. */
  scan: { snapshotId: string }
  /** Re-reads a selection into a plan. Key: the plan. */
  plan: { planId: string }
  /** Finds out what a plan does to access. Key: the impact. */
  impact: { impactId: string }
  /** Looks up who of the affected used what, and when. Key: the impact. */
  evidence: { impactId: string }
  /** Holds a removal's calls against CloudTrail. Key: the removal. */
  trail: { removalId: string }
  /** Works off one account × Region × service, whatever removals need it. Key: the lane. */
  lane: { lane: string }
  /** Follows the resources of a removal that go first until somebody is asked. Key: the removal. */
  canary: { removalId: string }
}
export type JobName = keyof JobData

const LANES_AT_ONCE = 48
// A canary waits most of its time.
const CANARIES_AT_ONCE = 16
const concurrency: Record<JobName, number> = {
  scan: 2,
  plan: 4,
  impact: 2,
  evidence: 1,
  trail: 2,
  lane: LANES_AT_ONCE,
  canary: CANARIES_AT_ONCE,
}

const names = Object.keys(concurrency) as JobName[]

// A worker that stays silent this long is taken for dead and its job is given to another; its items' fences keep it
// from writing should it wake up. The work itself may take hours.
const HEARTBEAT_SECONDS = 20
const DAY_MS = 24 * 3600 * 1000
const queueOptions: Omit<BossQueue, 'name'> = {
  policy: 'short',
  expireInSeconds: 23 * 3600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  retryLimit: 1000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  deleteAfterSeconds: 24 * 3600,
}

const workOptions: WorkOptions = {
  // By group, not by a policy of the queue: of those, a job that waits for its key holds up every key behind it.
  groupConcurrency: 1,
  // Only for what another console has left and for what is tried once more: who enqueues a job wakes a worker.
  pollingIntervalSeconds: 10,
}

export interface Queue {
  /** Makes sure that a job with this key runs from the beginning once more after now. Repeating it is harmless. */
  enqueue<Name extends JobName>(name: Name, key: string, data: JobData[Name]): Promise<void>
  /** Hands every job of this name to the handler. The signal ends the work: the process stops, or the job was taken away. */
  work<Name extends JobName>(
    name: Name,
    handler: (data: JobData[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void>
  /** Aborts the handlers, waits for them (10 s at most) and lets the database go. Unfinished jobs run again later. */
  stop(): Promise<void>
}

const shared = globalThis as typeof globalThis & { untagQueue?: Queue }

/** Makes this the queue of the process. Next loads several copies of every module, so it hangs on `globalThis`. */
export function shareQueue(opened: Queue): void {
  shared.untagQueue = opened
}

/** The queue that the process opened at start. */
export function queue(): Queue {
  if (!shared.untagQueue) throw new Error('the queue is not open: start the console through lib/server/main.ts')
  return shared.untagQueue
}

/** Opens pg-boss on the store's own database. `onError` hears of failures of the queue itself and of handlers. */
export async function openQueue({ db, connection }: Store, onError: (error: Error) => void): Promise<Queue> {
  const ownerUrl = connection.dialect === 'postgres' ? connection.ownerUrl : undefined
  if (ownerUrl !== undefined)
    await asOwner(ownerUrl, () => createQueues(ownerUrl, onError), queueGrants(await roleOf(db)))
  const boss = new PgBoss({
    ...(connection.dialect === 'pglite'
      ? { db: fromPglite(connection.client), backend: 'pglite' as const }
      : { connectionString: connection.url, max: 6, migrate: ownerUrl === undefined }),
    schedule: false,
    superviseIntervalSeconds: HEARTBEAT_SECONDS,
    // By a clock that is set back, it would look for jobs of dead workers only when that has come round again.
    clock: steadyClock,
  })
  boss.on('error', onError)
  await boss.start()
  if (ownerUrl === undefined) for (const name of names) await boss.createQueue(name, queueOptions)
  // The embedded database belongs to this process alone: what is active in it belongs to a dead one and would keep its
  // key, and what waits may wait for an hour that a clock set back has made far. What is undone is found in the tables
  // and enqueued anew: see server/worker.ts.
  if (connection.dialect === 'pglite') await boss.deleteAllJobs()

  const stopping = new AbortController()
  const idle = Object.fromEntries(names.map((name) => [name, new Set<string>()])) as Record<JobName, Set<string>>

  /** Lets one idle worker look for a job: each by itself, for each look costs the database milliseconds. */
  function wakeOne(name: JobName): void {
    const [longestAsleep] = idle[name]
    if (longestAsleep === undefined) return
    idle[name].delete(longestAsleep)
    idle[name].add(longestAsleep)
    boss.notifyWorker(longestAsleep)
  }

  return {
    async enqueue(name, key, data) {
      // Not from now on: by a clock that is set back, that would still be to come.
      const startAfter = new Date(Date.now() - DAY_MS)
      await boss.send(name, data, { singletonKey: key, group: { id: key }, startAfter })
      wakeOne(name)
    },
    async work(name, handler) {
      for (let n = 0; n < concurrency[name]; n += 1) {
        const working = boss.work<JobData[typeof name]>(name, workOptions, async ([job]) => {
          if (!job) return
          const worker = await working
          idle[name].delete(worker)
          try {
            await handler(job.data, AbortSignal.any([job.signal, stopping.signal]))
          } catch (error) {
            if (!stopping.signal.aborted) onError(error instanceof Error ? error : new Error(String(error)))
            throw error
          } finally {
            idle[name].add(worker)
            // What waited for this key may run now.
            boss.notifyWorker(worker)
          }
          // Stopped in the middle: not done, so it must not count as done.
          stopping.signal.throwIfAborted()
        })
        idle[name].add(await working)
      }
    },
    async stop() {
      stopping.abort(new Error('the console stops'))
      await boss.stop({ graceful: true, timeout: 10_000, close: connection.dialect === 'postgres' })
    },
  }
}

/** Brings the tables of pg-boss up to date as the role that owns them. */
async function createQueues(ownerUrl: string, onError: (error: Error) => void): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false })
  boss.on('error', onError)
  await boss.start()
  for (const name of names) await boss.createQueue(name, queueOptions)
  await boss.stop()
}

/** What the console's role needs in the schema of pg-boss. */
const queueGrants = (role: SQL) => [
  sql`grant usage on schema pgboss to ${role}`,
  sql`grant select, insert, update, delete on all tables in schema pgboss to ${role}`,
  sql`grant usage on all sequences in schema pgboss to ${role}`,
  sql`grant execute on all functions in schema pgboss to ${role}`,
]
