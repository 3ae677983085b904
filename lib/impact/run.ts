import { eq } from 'drizzle-orm'
import pLimit from 'p-limit'
import type { Aws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import { ExpectedError, isExpectedError, problemOf } from '../errors.ts'
import { listGrants } from '../principals/resource-policies.ts'
import { impacts, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { AnalysisThread } from './analysis-thread.ts'
import { finishImpact } from './finish.ts'
import { itemsToAnalyse } from './plan-items.ts'
import { ProgressNote } from './progress.ts'
import { readForAnalysis } from './read-for-analysis.ts'
import { impactRow } from './request.ts'
import { forgetRows, RowWriter } from './store-rows.ts'
import type { Answer, Grants, ResourceInput } from './thread/messages.ts'

interface Ports {
  store: Store
  aws: Aws
}

type ImpactRow = NonNullable<Awaited<ReturnType<typeof impactRow>>>
type PlanRow = typeof plans.$inferSelect

const RESOURCES_AT_ONCE = 200
const GRANTS_AT_ONCE = 16

/**
 * Makes an analysis that was asked for: reads from AWS what it hangs on, has it analysed on a thread, and writes down
 * what was found. Running it again starts it over; one that is ready or failed stays as it is.
 */
export async function runImpact(ports: Ports, impactId: string, signal: AbortSignal): Promise<void> {
  const { store } = ports
  const impact = await impactRow(ports, impactId)
  if (impact === undefined || impact.state === 'ready' || impact.state === 'failed') return
  const progress = new ProgressNote(store, impactId)
  try {
    await forgetRows(store, impactId)
    const [plan] = await store.db.select().from(plans).where(eq(plans.id, impact.planId))
    if (plan === undefined) throw new Error('an analysis has no plan')
    const identity = await readIdentity(ports.aws)
    if (identity.scope !== plan.scope) {
      throw new ExpectedError(
        'otherIdentity',
        'another AWS identity is signed in than the one that asked for this plan',
      )
    }
    const digest = await analyse({ ...ports, identity, impact, plan, progress, signal })
    await progress.settled()
    await finishImpact(store, impact, digest)
  } catch (error) {
    signal.throwIfAborted()
    if (!isExpectedError(error)) console.error(error)
    await progress.settled()
    await store.db
      .update(impacts)
      .set({ state: 'failed', problem: problemOf(error) })
      .where(eq(impacts.id, impactId))
  }
}

interface Run extends Ports {
  identity: Identity
  impact: ImpactRow
  plan: PlanRow
  progress: ProgressNote
  signal: AbortSignal
}

async function analyse(run: Run): Promise<string> {
  const { store, identity, impact, plan, progress, signal } = run
  const items = await itemsToAnalyse(store, plan.id)
  const total = items.length
  progress.tell({ state: 'reading', done: 0, total })
  const read = await readForAnalysis(run, {
    items,
    anew: impact.starting !== null || plan.impactId !== null,
    onRead: (done) => progress.tell({ state: 'reading', done, total }),
  })
  const { resources, ...known } = read
  const { kind, name, arn, session } = identity
  const operator = { kind, name, arn, session }
  const thread = new AnalysisThread({ ...known, direction: plan.direction, operator }, signal)
  try {
    return await follow(run, thread, resources)
  } finally {
    await thread.end()
  }
}

/** Gives the thread what it wants and keeps what it finds; answers with the digest of all. */
async function follow(run: Run, thread: AnalysisThread, resources: readonly ResourceInput[]): Promise<string> {
  const { store, impact, progress } = run
  const rows = new RowWriter(store, impact.id)
  let grants: ReadonlyMap<number, Grants> = new Map()
  let sent = 0
  let answer: Answer = {}
  for (;;) {
    const told = await thread.next(answer)
    answer = {}
    switch (told.is) {
      case 'resourcesWanted':
        answer = { resources: resources.slice(sent, sent + RESOURCES_AT_ONCE) }
        sent += RESOURCES_AT_ONCE
        break
      case 'picture':
        progress.tell({ state: 'analysing', done: 0, total: told.picture.principals })
        await store.db.update(impacts).set({ picture: told.picture }).where(eq(impacts.id, impact.id))
        break
      case 'progress':
        progress.tell({ state: 'analysing', done: told.done, total: told.total })
        break
      case 'grantsWanted':
        grants = await readGrants(run, told.ordinals, resources)
        answer = { grants }
        break
      case 'items':
        await rows.items(told.rows, resources, grants)
        break
      case 'principals':
        await rows.principals(told.rows)
        break
      case 'changes':
        await rows.changes(told.rows)
        break
      case 'end':
        return told.digest
    }
  }
}

async function readGrants(
  { aws, identity, progress, signal }: Run,
  ordinals: readonly number[],
  resources: readonly ResourceInput[],
): Promise<Map<number, Grants>> {
  const reader = { aws, account: identity.account, signal }
  const read = new Map<number, Grants>()
  const tell = () => progress.tell({ state: 'reading', done: read.size, total: ordinals.length })
  tell()
  await pLimit(GRANTS_AT_ONCE).map(ordinals, async (ordinal) => {
    const { grants } = await listGrants(reader, resources[ordinal]?.arn ?? '')
    read.set(ordinal, grants)
    tell()
  })
  return read
}
