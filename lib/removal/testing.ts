import { setTimeout as wait } from 'node:timers/promises'
import { eq, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startSandbox } from '../../e2e/support/sandbox.ts'
import { openAws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import type { CanaryState } from '../canary.ts'
import { readImpact } from '../impact/read-impact.ts'
import { runImpact } from '../impact/run.ts'
import { writePlan } from '../impact/testing.ts'
import type { JobName, Queue } from '../jobs/queue.ts'
import type { Outcome } from '../outcome.ts'
import type { PlanRequest } from '../selection.ts'
import { plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, openTestStore } from '../store/testing.ts'
import { beginRemoval } from './begin-removal.ts'
import { runCanary } from './canary/run.ts'
import { type Pause, realPause } from './pause.ts'
import { requestPlan, requestPutBack } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { readPlan } from './read-plan.ts'
import { readRemoval } from './read-removal.ts'
import { runLane } from './run-lane.ts'
import { type StartInput, startRemoval } from './start.ts'
import { startChecked } from './start-checked.ts'

// To look again sooner would only take computing time from the work that is waited for.
const PAUSE_MS_MAX = 20

/** A queue that only remembers what was asked for, so that a test decides when the work runs. */
function heldQueue() {
  const lanes = new Set<string>()
  const analyses = new Set<string>()
  const canaries = new Set<string>()
  const held: Partial<Record<JobName, Set<string>>> = { lane: lanes, impact: analyses, canary: canaries }
  const queue: Queue = {
    async enqueue(name, key) {
      held[name]?.add(key)
    },
    async work() {},
    async stop() {},
  }
  return { queue, lanes, analyses, canaries }
}

/** For tests: a removal's whole surroundings, with AWS played by a sandbox and the work run when `drain` is called. */
export async function openBench(dialect: Dialect = 'pglite') {
  const sandbox = await startSandbox({ exactly: [] })
  Object.assign(process.env, sandbox.env)
  const store = await openTestStore(dialect)
  const aws = openAws()
  const identity: Identity = await readIdentity(aws)
  const { queue, lanes, analyses, canaries } = heldQueue()
  const by = { id: identity.scope, name: identity.arn, address: '127.0.0.1' }
  const ports = { store, aws, queue, identity, scope: identity.scope, by }
  const signal = new AbortController().signal
  /** Waits hardly at all: what is not due yet comes nearer instead. A row that somebody works on is not waited for. */
  const passTime: Pause = async (ms, until) => {
    if (ms > 0)
      await store.db.execute(sql`with waiting as materialized (
          select id from items where due_at > now() for update skip locked),
        proving as (
          update item_tags set clean_since = clean_since - interval '12.5 s' where item_id in (select id from waiting))
        update items set due_at = due_at - interval '12.5 s' where id in (select id from waiting)`)
    await realPause(Math.min(ms, PAUSE_MS_MAX), until)
  }

  return {
    ...ports,
    sandbox,
    ports,
    lanes,
    analyses,
    /** Plans, reviewed and started as the operator would; answers with both ids. */
    async start(request: PlanRequest): Promise<{ planId: string; removalId: string }> {
      return this.begin(await requestPlan(ports, request))
    },
    async putBack(removalId: string): Promise<{ planId: string; removalId: string }> {
      return this.begin(await requestPutBack(ports, { removalId, itemIds: 'all' }))
    },
    async begin({ planId }: { planId: string }): Promise<{ planId: string; removalId: string }> {
      await preparePlan(ports, planId, signal)
      return { planId, removalId: await this.startPrepared(await this.reviewed(planId)) }
    },
    /** No work is waiting any more. */
    forget(): void {
      lanes.clear()
      analyses.clear()
      canaries.clear()
    },
    /** Plans and analyses. */
    async prepare(request: PlanRequest): Promise<string> {
      const { planId } = await requestPlan(ports, request)
      await preparePlan(ports, planId, signal)
      await this.analyse()
      return planId
    },
    /** Makes the analyses that were asked for, and starts what was waiting for them. */
    async analyse(): Promise<void> {
      const due = [...analyses]
      analyses.clear()
      for (const impactId of due) {
        await runImpact(ports, impactId, signal)
        await startChecked(ports, impactId)
      }
    },
    /** What a start is told by somebody who acknowledges whatever is asked for. */
    async reviewed(planId: string): Promise<StartInput> {
      await this.analyse()
      const { impactId, required } = await readImpact(store, ports.scope, planId)
      const { digest } = await readPlan(store, ports.scope, planId)
      const reviewed = { reviewedPlanDigest: digest ?? '', reviewedImpactId: impactId ?? '' }
      return { planId, ...reviewed, acknowledgements: required, canary: false }
    },
    async startPrepared(input: StartInput): Promise<string> {
      await startRemoval(ports, input)
      await this.analyse()
      const started = await startRemoval(ports, input)
      if ('checking' in started) throw new Error('the removal was not started')
      return started.removalId
    },
    /** Works off everything that is due and comes due, in real time unless told otherwise, or until the process stops. */
    async drain(stop: AbortSignal = signal, pause: Pause = realPause): Promise<void> {
      const running = new Map<string, Promise<void>>()
      const start = (kind: string, keys: Set<string>, run: (key: string) => Promise<void>) => {
        for (const key of [...keys].filter((each) => !running.has(kind + each))) {
          keys.delete(key)
          const work = run(key).catch((error) => stop.aborted || Promise.reject(error))
          running.set(
            kind + key,
            work.then(() => void running.delete(kind + key)),
          )
        }
      }
      do {
        start('lane', lanes, (lane) => runLane(ports, lane, stop, pause))
        start('canary', canaries, (removalId) => runCanary(ports, removalId, stop, pause))
        await Promise.race([wait(50), ...running.values()])
      } while (!stop.aborted && running.size + lanes.size + canaries.size > 0)
      await Promise.all(running.values())
    },
    /** The same, with every wait between two reads or tries moved into the past as soon as it begins. */
    drainWithoutWaiting(): Promise<void> {
      return this.drain(signal, passTime)
    },
    /** Works until the canary of a removal is that far; then everything stops in the middle of its work, as a process does. */
    async stopAt(removalId: string, state: CanaryState): Promise<void> {
      const stop = new AbortController()
      await this.drain(stop.signal, async (ms, until) => {
        const [row] = await store.db.select({ now: removals.canary }).from(removals).where(eq(removals.id, removalId))
        if (row?.now === state) stop.abort()
        else await passTime(ms, until)
      })
    },
    async close(): Promise<void> {
      await store.close()
      await sandbox.stop()
    },
  }
}

export type Bench = Awaited<ReturnType<typeof openBench>>

/** For tests: what an account is reset to for {@link onThreeSecrets}; whoever resets it so again has the same ARNs. */
export const threeSecrets = ['a', 'b', 'c'].map((name) => ({
  type: 'secret' as const,
  name,
  tags: { team: 'pay', owner: 'ada' },
}))

/** For tests: three secrets `a`, `b` and `c` with the tags `team` and `owner`, set up anew for each test of a suite. */
export function onThreeSecrets(dialect: Dialect) {
  const stage = {} as { bench: Bench; arns: readonly string[]; lane: string }
  beforeAll(async () => {
    stage.bench = await openBench(dialect)
    stage.lane = `${stage.bench.identity.account}/eu-central-1/secret`
  })
  afterAll(() => stage.bench.close())
  beforeEach(async () => {
    stage.arns = (await stage.bench.sandbox.reset({ exactly: threeSecrets })).arns
    stage.bench.forget()
    for (const table of [removals, plans]) await stage.bench.store.db.delete(table)
  })
  return stage
}

/** For tests: what an operator asks for who removes these tag keys from these resources. */
export function request(arns: readonly string[], ...keys: string[]): PlanRequest {
  return { selection: { by: 'arns', arns: [...arns] }, tags: keys.map((key) => ({ key })), includeServiceOwned: false }
}

/** For tests: how many tags of a removal have which outcome, without the outcomes that none has. */
export async function withOutcome(
  { store, scope }: Bench,
  removalId: string,
): Promise<Partial<Record<Outcome, number>>> {
  const { tags } = await readRemoval(store, scope, removalId)
  return Object.fromEntries(Object.entries(tags.byOutcome).filter(([, count]) => count > 0))
}

/** For tests: a store that tells of each query written out in SQL once it is answered. */
export function withHook(store: Store, told: (query: string) => Promise<void>): Store {
  const execute = async (query: SQL) => {
    const answer = await store.db.execute(query)
    await told(new PgDialect().sqlToQuery(query).sql)
    return answer
  }
  return { ...store, db: Object.assign(Object.create(store.db), { execute }) }
}

/** For tests: a removal of the tag `team` (value `pay`) from secrets of these names that was proved; AWS is not asked. */
export async function writeSettledRemoval(store: Store, scope: string, names: readonly string[]): Promise<string> {
  const { db } = store
  const planId = await writePlan(store, scope, names)
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId))
  if (!plan) throw new Error('the plan was not written')
  const starting = {
    reviewedImpactId: '',
    reviewedPlanDigest: '',
    acknowledgements: [{ kind: 'unknown' as const, typed: null }],
    startedBy: 'arn:aws:sts::111122223333:assumed-role/TagOperator/ada',
    startedFrom: '127.0.0.1',
  }
  const digests = { planDigest: 'a'.repeat(64), impactDigest: 'b'.repeat(64) }
  const { removalId } = await beginRemoval(store, { plan, ...digests, starting, canary: null })
  await db.execute(sql`update items set state = 'settled', sent_at = now(), settled_at = now()
    where removal_id = ${removalId}`)
  await db.execute(sql`update item_tags set outcome = 'removed', request_id = 'request-' || item_id, answered_at = now(),
    proved_at = now() where item_id in (select id from items where removal_id = ${removalId})`)
  await db.execute(sql`update removals set state = 'settled', settled_at = now() where id = ${removalId}`)
  return removalId
}
