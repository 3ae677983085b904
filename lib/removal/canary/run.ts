import { and, eq, sql } from 'drizzle-orm'
import { appendEvents } from '../../audit/append.ts'
import { type AuditEvent, theConsole } from '../../audit-event.ts'
import type { Aws } from '../../aws/clients.ts'
import { type CanaryState, checkResult } from '../../canary.ts'
import { isExpectedError } from '../../errors.ts'
import type { Queue } from '../../jobs/queue.ts'
import { outcomesThatAre } from '../../outcome.ts'
import { rowsOf } from '../../store/rows-of.ts'
import { removals } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { enqueueLanes } from '../enqueue.ts'
import { pauseRemovals } from '../items.ts'
import { type Pause, realPause } from '../pause.ts'
import { callerOf } from '../same-identity.ts'
import { lookAfter, lookBefore } from './check.ts'
import { failCanary } from './fail.ts'
import { stopCanary } from './stop.ts'
import { canaryWaitSeconds } from './wait.ts'

interface Ports {
  store: Store
  queue: Queue
  aws: Aws
}
type RemovalRow = typeof removals.$inferSelect

const LOOK_AGAIN_MS = 500

/** What is done in a state; whatever it finds decided meanwhile stays decided. Other states wait for somebody. */
type Step = (ports: Ports, removal: RemovalRow, signal: AbortSignal) => Promise<void>
const steps: Partial<Record<CanaryState, { do: Step; asksAws?: true }>> = {
  preparing: { do: prepare, asksAws: true },
  changing: { do: lookWhetherChanged },
  stopping: { do: lookWhetherStopped },
  waiting: { do: lookWhetherOver },
  checking: { do: check, asksAws: true },
}

/**
 * Follows the resources of a removal that go first, from what holds before to the question whether anything broke; ends
 * when somebody is asked, when nothing may go on, and when it failed, with its tags on their way back. Killed at any
 * instant and run again, it goes on.
 */
export async function runCanary(
  ports: Ports,
  removalId: string,
  signal: AbortSignal,
  pause: Pause = realPause,
): Promise<void> {
  // What was decided by a try before this one, such as a put-back, may not have been enqueued any more.
  await enqueueLanes(ports)
  for (;;) {
    signal.throwIfAborted()
    const [removal] = await ports.store.db.select().from(removals).where(eq(removals.id, removalId))
    const step = removal?.canary && steps[removal.canary]
    if (!step || removal.state !== 'running') return
    const doStep = () => step.do(ports, removal, signal)
    if (!step.asksAws) await doStep()
    else if (!(await withIdentity(ports, removal, doStep))) return
    await pause(step.asksAws ? 0 : LOOK_AGAIN_MS, signal)
  }
}

/** Works only as the identity that started the removal; false when that is gone: the removal is paused then. */
async function withIdentity(
  { store, aws }: Ports,
  { id: removalId, scope }: RemovalRow,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    const { scope: now } = await callerOf(aws)
    if (now === scope) {
      await work()
      return true
    }
    const message = `signed in as \`${now}\`, which did not start this removal`
    await pauseRemovals(store, { removalId }, 'otherIdentity', message)
  } catch (error) {
    if (!isExpectedError(error) || !error.code.startsWith('credentials')) throw error
    aws.forget()
    await pauseRemovals(store, { removalId }, 'credentials', error.message)
  }
  return false
}

async function prepare(ports: Ports, { id }: RemovalRow, signal: AbortSignal): Promise<void> {
  const canaryChecks = await lookBefore(ports, id, signal)
  const resources = [...new Set(canaryChecks.map(({ arn }) => arn))]
  await moveOn(ports, id, 'preparing', { canary: 'changing', canaryChecks }, [
    { action: 'canary.begun', actor: theConsole, details: { resources } },
  ])
  await enqueueLanes(ports, id)
}

/** Once one did not come out as reviewed, no other one is sent. */
async function lookWhetherChanged(ports: Ports, { id }: RemovalRow): Promise<void> {
  const found = await outcomesSoFar(ports.store, id)
  if (found.wrong > 0) await stopCanary(ports, id, { failure: 'outcome', by: null })
  else if (found.unsettled > 0) return
  else if (found.changed === 0) await failCanary(ports, id, { from: ['changing'], failure: 'nothingTried', by: null })
  else if (found.waits) {
    const canaryWaitUntil = sql`now() + make_interval(secs => ${canaryWaitSeconds()})`
    await moveOn(ports, id, 'changing', { canary: 'waiting', canaryWaitUntil })
  } else await moveOn(ports, id, 'changing', { canary: 'checking' })
}

/** Its lanes end what was sent; what that comes to is put back. */
async function lookWhetherStopped(ports: Ports, { id, canaryFailure }: RemovalRow): Promise<void> {
  const { unsettled } = await outcomesSoFar(ports.store, id)
  if (unsettled === 0) await failCanary(ports, id, { from: ['stopping'], failure: canaryFailure ?? 'answer', by: null })
}

async function outcomesSoFar(store: Store, removalId: string) {
  const asReviewed = ['pending', 'settling', 'removed', 'alreadyAbsent']
  const [found] = await rowsOf<{ unsettled: number; wrong: number; changed: number; waits: boolean }>(
    store,
    sql`
    select (count(distinct i.id) filter (where i.state <> 'settled'))::int as unsettled,
      (count(*) filter (where t.outcome not in ${asReviewed}))::int as wrong,
      (count(*) filter (where t.outcome in ${outcomesThatAre('reversible')}))::int as changed,
      coalesce(bool_or(i.type = 'key' and t.outcome in ${outcomesThatAre('reversible')}), false) as waits
    from items i join item_tags t on t.item_id = i.id where i.removal_id = ${removalId} and i.canary`,
  )
  if (!found) throw new Error('a count has one row')
  return found
}

async function lookWhetherOver(ports: Ports, { id }: RemovalRow): Promise<void> {
  await moveOn(ports, id, 'waiting', { canary: 'checking' }, [], sql`${removals.canaryWaitUntil} <= now()`)
}

async function check(ports: Ports, removal: RemovalRow, signal: AbortSignal): Promise<void> {
  const canaryChecks = await lookAfter(ports, removal, signal)
  const isLost = canaryChecks.some((one) => checkResult(one) === 'lost')
  if (isLost) await failCanary(ports, removal.id, { from: ['checking'], failure: 'check', by: null, canaryChecks })
  else {
    const events: AuditEvent[] = [
      { action: 'canary.checked', actor: theConsole, details: { checks: canaryChecks } },
      { action: 'canary.asked', actor: theConsole },
    ]
    await moveOn(ports, removal.id, 'checking', { canary: 'asking', canaryChecks }, events)
  }
}

type Change = Parameters<ReturnType<Store['db']['update']>['set']>[0]

/** From one state to the next, unless something else was decided meanwhile. */
async function moveOn(
  { store }: Ports,
  removalId: string,
  from: CanaryState,
  change: Change,
  events: readonly AuditEvent[] = [],
  when = sql`true`,
): Promise<void> {
  await store.db.transaction(async (tx) => {
    const moved = await tx
      .update(removals)
      .set(change)
      .where(and(eq(removals.id, removalId), eq(removals.canary, from), when))
      .returning({ id: removals.id })
    if (moved.length > 0 && events.length > 0) await appendEvents(tx, removalId, events)
  })
}
