import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { appendEvents } from '../../audit/append.ts'
import { type AuditActor, theConsole } from '../../audit-event.ts'
import type { CanaryCheck, CanaryFailure, CanaryState } from '../../canary.ts'
import type { Queue } from '../../jobs/queue.ts'
import { outcomesThatAre } from '../../outcome.ts'
import { items, itemTags, planItems, plans, removals } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { sortTags } from '../../tag.ts'
import { beginWithin } from '../begin-removal.ts'
import { planDigest } from '../digest.ts'
import { enqueueLanes } from '../enqueue.ts'
import { cancelUnsent, settleEnded } from '../items.ts'

interface Failing {
  /** The states in which it may still fail. */
  from: readonly CanaryState[]
  failure: CanaryFailure
  /** Whoever said that something broke; null: nobody had to. */
  by: AuditActor | null
  canaryChecks?: readonly CanaryCheck[]
}
type Transaction = Pick<Store['db'], 'select' | 'insert' | 'execute'>
type RemovalRow = typeof removals.$inferSelect

/**
 * Ends a removal whose canary failed, and begins to put back what it had removed, in one transaction: what was never
 * touched is cancelled. Nobody reviews that put-back, for it restores what was reviewed. False when it was decided
 * otherwise before.
 */
export async function failCanary(
  ports: { store: Store; queue: Queue },
  removalId: string,
  { from, failure, by, canaryChecks }: Failing,
): Promise<boolean> {
  const { db, journalFolder } = ports.store
  const failed = await db.transaction(async (tx) => {
    const ended = { canaryFailure: failure, ...(by && { canaryAnsweredBy: by.name }), canaryEndedAt: sql`now()` }
    const [removal] = await tx
      .update(removals)
      .set({ canary: 'failed', ...ended, ...(canaryChecks && { canaryChecks }) })
      .where(and(eq(removals.id, removalId), inArray(removals.canary, [...from]), ne(removals.state, 'settled')))
      .returning()
    if (!removal) return undefined
    const putBack = await putBackWithin(tx, journalFolder, removal, by)
    const details = { failure, putBack: putBack ?? null, ...(canaryChecks && { checks: canaryChecks }) }
    await appendEvents(tx, removalId, [{ action: 'canary.failed', actor: by ?? theConsole, details }])
    await tx.execute(cancelUnsent(sql`r.id = ${removalId} and i.state = 'pending'`))
    await tx.execute(settleEnded)
    return { putBack }
  })
  if (failed?.putBack) await enqueueLanes(ports, failed.putBack)
  return failed !== undefined
}

/** A plan of its own says exactly what is put back; undefined when nothing was changed. */
async function putBackWithin(
  tx: Transaction,
  journalFolder: string | null,
  { id, scope, impactDigest, ...removal }: RemovalRow,
  by: AuditActor | null,
): Promise<string | undefined> {
  const changed = await changedItems(tx, id)
  if (changed.length === 0) return undefined
  const rows = changed.map(({ id: _, ...row }) => row)
  const digest = planDigest('putBack', rows)
  const [plan] = await tx
    .insert(plans)
    .values({
      scope,
      direction: 'putBack',
      request: { from: 'removal', removalId: id, itemIds: changed.map((item) => item.id) },
      ...{ state: 'ready', readyAt: sql`now()`, digest, selected: rows.length, read: rows.length },
    })
    .returning()
  if (!plan) throw new Error('the plan was not stored')
  await tx.insert(planItems).values(rows.map((row) => ({ ...row, planId: plan.id, siblings: [] })))
  // Whoever has stopped it before is named by the event of that, with the address.
  const who = by ?? (removal.canaryAnsweredBy === null ? null : { name: removal.canaryAnsweredBy, address: null })
  const { startedBy, startedFrom } = who ? { startedBy: who.name, startedFrom: who.address } : removal
  const starting = { acknowledgements: [], startedBy, startedFrom }
  return beginWithin(tx, journalFolder, { plan, planDigest: digest, impactDigest, starting, canary: null })
}

async function changedItems(tx: Transaction, removalId: string) {
  const rows = await tx
    .select({
      item: { id: items.id, arn: items.arn, type: items.type, region: items.region, name: items.name },
      // Values are purged of settled removals only.
      tag: { key: itemTags.key, value: sql<string>`${itemTags.value}` },
    })
    .from(items)
    .innerJoin(itemTags, eq(itemTags.itemId, items.id))
    .where(and(eq(items.removalId, removalId), items.canary, inArray(itemTags.outcome, outcomesThatAre('reversible'))))
    .orderBy(asc(items.id))
  return [...Map.groupBy(rows, ({ item }) => item.id).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : { ...first.item, tags: sortTags([first, ...more].map(({ tag }) => tag)) },
  )
}
