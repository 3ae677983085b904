import { eq } from 'drizzle-orm'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import { type Identity, requireIdentity } from '../aws/identity.ts'
import { isExpectedError, problemOf } from '../errors.ts'
import { impacts, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { AnalysisThread } from './analysis-thread.ts'
import { finishImpact } from './finish.ts'
import { type AnalysisProgress, follow } from './follow.ts'
import { itemsToAnalyse } from './plan-items.ts'
import { ProgressNote } from './progress.ts'
import { keepFacts } from './read-facts.ts'
import { readPrincipals } from './read-principals.ts'
import { readResources } from './read-resources.ts'
import { impactRow } from './request.ts'
import { forgetRows } from './store-rows.ts'

interface Ports {
  store: Store
  aws: Aws
}

type ImpactRow = NonNullable<Awaited<ReturnType<typeof impactRow>>>
type PlanRow = typeof plans.$inferSelect

/**
 * Makes an analysis that was asked for: reads from AWS what it hangs on, has it analysed on a thread, and writes down
 * what was found. Running it again starts it over; one that is ready or failed stays as it is.
 */
export async function runImpact(ports: Ports, impactId: string, signal: AbortSignal): Promise<void> {
  const { store } = ports
  const impact = await impactRow(ports, impactId)
  if (impact === undefined || impact.state === 'ready' || impact.state === 'failed') return
  const progress: AnalysisProgress = new ProgressNote((reached) =>
    store.db.update(impacts).set(reached).where(eq(impacts.id, impactId)),
  )
  try {
    await forgetRows(store, impactId)
    const [plan] = await store.db.select().from(plans).where(eq(plans.id, impact.planId))
    if (plan === undefined) throw new Error('an analysis has no plan')
    const identity = await requireIdentity(ports.aws, plan.scope, 'plan')
    const run = { ...ports, identity, impact, plan, progress, signal }
    const digest = await withRemedy(ports.aws, () => analyse(run))
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
  progress: AnalysisProgress
  signal: AbortSignal
}

async function analyse({ store, aws, identity, impact, plan, progress, signal }: Run): Promise<string> {
  const items = await itemsToAnalyse(store, plan.id)
  const total = items.length
  const onRead = (done: number) => progress.tell({ state: 'reading', done, total })
  onRead(0)
  const reader = { aws, account: identity.account, signal }
  const anew = impact.starting !== null || plan.impactId !== null
  const reading = readResources(reader, { items, direction: plan.direction, anew }, onRead)
  // Whoever waits for it first is told; nobody may wait for it yet when it fails.
  reading.catch(() => {})
  const known = await readPrincipals({ store, aws, identity, signal }, anew)
  const { kind, name, arn, session } = identity
  const operator = { kind, name, arn, session }
  const doubts = plan.calibration?.disagreements ?? []
  const thread = new AnalysisThread({ ...known, direction: plan.direction, operator, doubts }, signal)
  try {
    const digest = await follow(thread, { store, reader, impactId: impact.id, progress, reading })
    await keepFacts(store, items, (await reading).factsNow)
    return digest
  } finally {
    await thread.end()
  }
}
