import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { regionOf } from '../arn.ts'
import { appendEvents } from '../audit/append.ts'
import { chainPages } from '../audit/read-chain.ts'
import type { AuditActor } from '../audit-event.ts'
import type { Aws } from '../aws/clients.ts'
import { type CallsQuery, lookUpCalls, type RecordedCall } from '../aws/cloudtrail.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import { requireIdentity } from '../aws/identity.ts'
import { paceOf } from '../aws/pace.ts'
import { pacedCall } from '../aws/paced.ts'
import { isExpectedError, problemOf } from '../errors.ts'
import { ProgressNote } from '../impact/progress.ts'
import type { Queue } from '../jobs/queue.ts'
import { auditEvents, removals, trailComparisons } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { TrailComparison } from '../trail-comparison.ts'
import { isUnderWay, statesUnderWay } from '../under-way.ts'
import { compareCalls } from './compare-calls.ts'
import { READ_SHARE } from './lane.ts'
import { requireRemoval } from './read-removal.ts'
import { type SentCall, SentCalls } from './sent-calls.ts'
import type { Direction } from './state.ts'

/** CloudTrail's clock and ours may differ, and a call takes its time. */
const MARGIN_MS = 5 * 60_000
// PostgreSQL takes 65,535 parameters.
const IDS_PER_READ = 10_000

const isUnfinished = inArray(sql`${trailComparisons.comparison}->>'state'`, [...statesUnderWay])

const asked: TrailComparison = { state: 'waiting', pages: 0 }

/**
 * Asks for a removal's calls to be held against CloudTrail; a job does it. While one is under way, that is the answer.
 *
 * @throws ExpectedError `notFound`
 */
export async function requestComparison(
  { store, queue, scope, by }: { store: Store; queue: Queue; scope: string; by: AuditActor },
  removalId: string,
): Promise<TrailComparison> {
  const known = await readComparison(store, scope, removalId)
  if (known && isUnderWay(known)) return known
  await store.db
    .insert(trailComparisons)
    .values({ removalId, askedBy: by, comparison: asked })
    .onConflictDoUpdate({ target: trailComparisons.removalId, set: { askedBy: by, comparison: asked } })
  await queue.enqueue('trail', removalId, { removalId })
  return asked
}

/**
 * The newest comparison of a removal; null when there was none.
 *
 * @throws ExpectedError `notFound`
 */
export async function readComparison(store: Store, scope: string, removalId: string): Promise<TrailComparison | null> {
  await requireRemoval(store.db, scope, removalId)
  const [row] = await store.db
    .select({ comparison: trailComparisons.comparison })
    .from(trailComparisons)
    .where(eq(trailComparisons.removalId, removalId))
  return row?.comparison ?? null
}

/** Enqueues the comparisons that a dead process left unfinished; each starts over. */
export async function resumeComparisons({ store, queue }: { store: Store; queue: Queue }): Promise<void> {
  const unfinished = await store.db
    .select({ removalId: trailComparisons.removalId })
    .from(trailComparisons)
    .where(isUnfinished)
  for (const { removalId } of unfinished) await queue.enqueue('trail', removalId, { removalId })
}

/** Makes a comparison that was asked for. One that is over stays as it is. */
export async function runComparison(
  { store, aws }: { store: Store; aws: Aws },
  removalId: string,
  signal: AbortSignal,
): Promise<void> {
  const [row] = await store.db
    .select({
      scope: removals.scope,
      direction: removals.direction,
      by: trailComparisons.askedBy,
      now: sql<string>`now()`,
    })
    .from(trailComparisons)
    .innerJoin(removals, eq(removals.id, trailComparisons.removalId))
    .where(and(eq(removals.id, removalId), isUnfinished))
  if (!row) return
  try {
    const comparison = await withRemedy(aws, () => compare({ store, aws, signal }, { ...row, removalId }))
    await store.db.transaction(async (tx) => {
      await note(tx, removalId, comparison)
      const { sent, matched, counts } = comparison.findings
      const details = { sent, matched, ...counts }
      await appendEvents(tx, removalId, [{ action: 'trail.compared', actor: row.by, details }])
    })
  } catch (error) {
    signal.throwIfAborted()
    if (!isExpectedError(error)) console.error(error)
    await note(store.db, removalId, { state: 'failed', problem: problemOf(error) })
  }
}

interface Work {
  store: Store
  aws: Aws
  signal: AbortSignal
}

async function compare(work: Work, removal: { removalId: string; scope: string; direction: Direction; now: string }) {
  const { store, aws } = work
  const { account } = await requireIdentity(aws, removal.scope, 'comparison')
  const sent = await callsOf(store, removal.removalId)
  const progress = new ProgressNote((reached: TrailComparison) => note(store.db, removal.removalId, reached))
  let pages = 0
  const onPage = () => progress.tell({ state: 'running', pages: ++pages })
  const recorded = await recordedCalls({ ...work, account, onPage }, sent, removal.direction)
  await progress.settled()
  const knownElsewhere = await requestIdsElsewhere(store, removal.removalId, recorded)
  const now = new Date(removal.now)
  const findings = compareCalls({ sent, recorded, knownElsewhere, now })
  return { state: 'done' as const, at: now.toISOString(), pages, findings }
}

async function callsOf({ db }: Store, removalId: string): Promise<SentCall[]> {
  const sent = new SentCalls()
  for await (const page of chainPages(db, removalId)) for (const event of page) sent.take(event)
  return sent.calls
}

/** What CloudTrail has of the calls with our access keys, from shortly before our first to shortly after our last. */
async function recordedCalls(
  { aws, account, signal, onPage }: Work & { account: string; onPage: () => void },
  sent: readonly SentCall[],
  direction: Direction,
): Promise<RecordedCall[]> {
  const accessKeyIds = new Set(sent.map(({ accessKeyId }) => accessKeyId))
  const eventName = direction === 'remove' ? 'UntagResource' : 'TagResource'
  const regions = Map.groupBy(sent, ({ resource }) => regionOf(resource))
  const read = async ([region, calls]: [string, SentCall[]]): Promise<RecordedCall[]> => {
    const times = calls.map(({ at }) => Date.parse(at))
    const from = new Date(times.reduce((one, other) => Math.min(one, other)) - MARGIN_MS)
    const to = new Date(times.reduce((one, other) => Math.max(one, other)) + MARGIN_MS)
    const pace = paceOf(account, region, 'cloudtrail:LookupEvents', READ_SHARE)
    const query: CallsQuery = { region, eventName, from, to }
    const found: RecordedCall[] = []
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await pacedCall(pace, () => lookUpCalls(aws, query, token), signal)
      found.push(...page.calls.filter(({ accessKeyId }) => accessKeyIds.has(accessKeyId)))
      token = page.next
      onPage()
    }
    return found
  }
  // Each Region has a quota of its own.
  return (await Promise.all([...regions].map(read))).flat()
}

/** Of these calls, those that other removals of this console have made. */
async function requestIdsElsewhere(
  { db }: Store,
  removalId: string,
  recorded: readonly RecordedCall[],
): Promise<Set<string>> {
  const known = new Set<string>()
  const ids = recorded.map(({ requestId }) => requestId)
  for (let at = 0; at < ids.length; at += IDS_PER_READ) {
    const rows = await db
      .selectDistinct({ id: auditEvents.requestId })
      .from(auditEvents)
      .where(and(inArray(auditEvents.requestId, ids.slice(at, at + IDS_PER_READ)), ne(auditEvents.chain, removalId)))
    for (const { id } of rows) if (id !== null) known.add(id)
  }
  return known
}

async function note(db: Pick<Store['db'], 'update'>, removalId: string, comparison: TrailComparison): Promise<void> {
  await db.update(trailComparisons).set({ comparison }).where(eq(trailComparisons.removalId, removalId))
}
