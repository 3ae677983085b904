import { setTimeout as wait } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startSandbox } from '../../e2e/support/sandbox.ts'
import { ACKNOWLEDGEMENT } from '../acknowledgement.ts'
import { openAws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Outcome } from '../outcome.ts'
import type { PlanRequest } from '../selection.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, openTestStore } from '../store/testing.ts'
import { requestPlan, requestPutBack } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { readPlan } from './read-plan.ts'
import { readRemoval } from './read-removal.ts'
import { runLane } from './run-lane.ts'
import { startRemoval } from './start.ts'

/** A queue that only remembers what was asked for, so that a test decides when the work runs. */
function heldQueue() {
  const lanes = new Set<string>()
  const queue: Queue = {
    async enqueue(name, key) {
      if (name === 'lane') lanes.add(key)
    },
    async work() {},
    async stop() {},
  }
  return { queue, lanes }
}

/** For tests: a removal's whole surroundings, with AWS played by a sandbox and the work run when `drain` is called. */
export async function openBench(dialect: Dialect = 'pglite') {
  const sandbox = await startSandbox({ exactly: [] })
  Object.assign(process.env, sandbox.env)
  const store = await openTestStore(dialect)
  const aws = openAws()
  const identity: Identity = await readIdentity(aws)
  const { queue, lanes } = heldQueue()
  const ports = { store, aws, queue, identity, scope: identity.scope }
  const signal = new AbortController().signal

  return {
    ...ports,
    sandbox,
    ports,
    lanes,
    /** Plans, reviewed and started as the operator would; answers with both ids. */
    async start(request: PlanRequest): Promise<{ planId: string; removalId: string }> {
      return this.begin(await requestPlan(ports, request))
    },
    async putBack(removalId: string): Promise<{ planId: string; removalId: string }> {
      return this.begin(await requestPutBack(ports, { removalId, itemIds: 'all' }))
    },
    async begin({ planId }: { planId: string }): Promise<{ planId: string; removalId: string }> {
      await preparePlan(ports, planId, signal)
      const plan = await readPlan(store, ports.scope, planId)
      const reviewedPlanDigest = plan.digest ?? ''
      const { removalId } = await startRemoval(ports, { planId, reviewedPlanDigest, acknowledgement: ACKNOWLEDGEMENT })
      return { planId, removalId }
    },
    async prepare(request: PlanRequest): Promise<string> {
      const { planId } = await requestPlan(ports, request)
      await preparePlan(ports, planId, signal)
      return planId
    },
    /** Works off everything that is due and comes due, in real time. */
    async drain(): Promise<void> {
      const due = [...lanes]
      lanes.clear()
      await Promise.all(due.map((lane) => runLane(ports, lane, signal)))
    },
    /** The same, with every wait between two reads or tries moved into the past as soon as it begins. */
    async drainWithoutWaiting(): Promise<void> {
      let isDone = false
      const work = this.drain().finally(() => {
        isDone = true
      })
      while (!isDone) {
        await store.db.execute(sql`update item_tags set clean_since = clean_since - interval '5 s'`)
        await store.db.execute(sql`update items set due_at = due_at - interval '5 s' where due_at > now()`)
        await Promise.race([work, wait(100)])
      }
      await work
    },
    async close(): Promise<void> {
      await store.close()
      await sandbox.stop()
    },
  }
}

export type Bench = Awaited<ReturnType<typeof openBench>>

/** For tests: three secrets `a`, `b` and `c` with the tags `team` and `owner`, set up anew for each test of a suite. */
export function onThreeSecrets(dialect: Dialect) {
  const stage = {} as { bench: Bench; arns: readonly string[]; lane: string }
  beforeAll(async () => {
    stage.bench = await openBench(dialect)
    stage.lane = `${stage.bench.identity.account}/eu-central-1/secret`
  })
  afterAll(() => stage.bench.close())
  beforeEach(async () => {
    const tags = { team: 'pay', owner: 'ada' }
    const exactly = ['a', 'b', 'c'].map((name) => ({ type: 'secret' as const, name, tags }))
    stage.arns = (await stage.bench.sandbox.reset({ exactly })).arns
    stage.bench.lanes.clear()
    await stage.bench.store.db.execute(sql`truncate removals, plans cascade`)
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
