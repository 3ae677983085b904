import { rmSync } from 'node:fs'
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { appendEvents, appendToConsole } from '../audit/append.ts'
import { type AuditActor, theConsole } from '../audit-event.ts'
import { ExpectedError, isExpectedError } from '../errors.ts'
import { rowsOf } from '../store/rows-of.ts'
import { plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { journalFile, journalledRemovals } from './journal.ts'
import { requireRemoval } from './read-removal.ts'
import { keptDays, keptUntil } from './retention.ts'
import { watchEnded } from './watch.ts'

type Transaction = Parameters<Parameters<Store['db']['transaction']>[0]>[0]

const REMOVALS_PER_READ = 100
const PLANS_PER_PURGE = 100

/**
 * Purges the old values of one settled removal for good, which ends its watch: in its items, in its plan, in
 * plans that would put it back and were not started, and in the journal. Outcomes, digests and request ids stay.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not settled, purged already, or a put-back is just being started)
 */
export async function purgeRemoval(
  { store, scope, by }: { store: Store; scope: string; by: AuditActor },
  { removalId }: { removalId: string },
): Promise<void> {
  const removal = await requireRemoval(store.db, scope, removalId)
  if (!(await purgeValues(store, removalId, by))) {
    const why = removal.state === 'settled' ? 'its old values were purged already' : 'it has not settled yet'
    throw new ExpectedError('wrongState', `nothing was purged: ${why}`)
  }
}

/**
 * Purges what has been kept for as long as each account keeps old values: those of settled removals that nobody watches,
 * and plans that were never started. It may run in several consoles at once, and be ended at any time.
 */
export async function purgeOverdue(store: Store, signal: AbortSignal): Promise<void> {
  await dropPurgedJournals(store)
  for (let after = ''; ; ) {
    const overdue = await rowsOf<{ id: string }>(
      store,
      sql`select r.id from removals r where r.id::text > ${after} and r.values_purged_at is null
        and ${keptUntil} <= now() order by r.id::text limit ${REMOVALS_PER_READ}`,
    )
    for (const { id } of overdue) {
      if (signal.aborted) return
      await purgeUnlessBusy(store, id)
    }
    const last = overdue.at(-1)
    if (!last) break
    after = last.id
  }
  while (!signal.aborted && (await purgePlans(store)) > 0);
}

/** What stands in its way now, such as a put-back that is being started, is over when the next purge comes. */
async function purgeUnlessBusy(store: Store, removalId: string): Promise<void> {
  try {
    const isOverdue = sql`${removals.id} in (select r.id from removals r where ${keptUntil} <= now())`
    await purgeValues(store, removalId, theConsole, isOverdue)
  } catch (error) {
    if (!isExpectedError(error)) throw error
  }
}

/** False when there is nothing to purge, or `only` does not hold any more. */
async function purgeValues(store: Store, removalId: string, by: AuditActor, only?: SQL): Promise<boolean> {
  const purged = await store.db.transaction(async (tx) => {
    const [removal] = await tx
      .update(removals)
      .set({ valuesPurgedAt: sql`now()`, valueSalt: null, watchUntil: watchEnded })
      .where(and(eq(removals.id, removalId), eq(removals.state, 'settled'), isNull(removals.valuesPurgedAt), only))
      .returning({ planId: removals.planId })
    if (!removal) return false
    await tx.execute(sql`update item_tags set value = null, came_back_value = null
      where item_id in (select id from items where removal_id = ${removalId})`)
    await deletePlansOf(tx, removalId, removal.planId)
    await appendEvents(tx, removalId, [{ action: 'values.purged', actor: by }])
    return true
  })
  if (purged) dropJournal(store.journalFolder, removalId)
  return purged
}

/** The plan that it was, and those to put it back that were not started: both hold the values. */
async function deletePlansOf(tx: Transaction, removalId: string, planId: string): Promise<void> {
  const putBacks = await tx
    .select({ id: plans.id, isStarting })
    .from(plans)
    .where(sql`${plans.request}->>'removalId' = ${removalId} and not ${isStarted}`)
    .for('update')
  if (putBacks.some((plan) => plan.isStarting)) {
    throw new ExpectedError(
      'wrongState',
      'its put-back is just being started; wait until that has begun or was refused',
    )
  }
  await tx.delete(plans).where(inArray(plans.id, [planId, ...putBacks.map(({ id }) => id)]))
}

/** Deletes some of the plans that were made too long ago and never started, and says how many. */
async function purgePlans({ db }: Store): Promise<number> {
  return db.transaction(async (tx) => {
    const old = await tx
      .select({ id: plans.id })
      .from(plans)
      .where(
        sql`${plans.createdAt} < now() - make_interval(days => ${keptDays(sql`${plans.scope}`)})
          and not ${isStarted} and not ${isStarting}`,
      )
      .limit(PLANS_PER_PURGE)
      .for('update', { skipLocked: true })
    const ids = old.map(({ id }) => id)
    if (ids.length === 0) return 0
    // Asked again now that the rows are locked: a start may have been pressed in between.
    const gone = await tx
      .delete(plans)
      .where(and(inArray(plans.id, ids), sql`not ${isStarted} and not ${isStarting}`))
      .returning({ id: plans.id })
    if (gone.length > 0) {
      await appendToConsole(tx, {
        action: 'plans.purged',
        actor: theConsole,
        details: { planIds: gone.map(({ id }) => id) },
      })
    }
    return gone.length
  })
}

// Named by hand: drizzle leaves the table's name out where a query has but one.
const isStarted = sql<boolean>`exists (select from removals started where started.plan_id = plans.id)`
const isStarting = sql<boolean>`exists (select from impacts i where i.plan_id = plans.id
  and i.starting is not null and i.worse is null and i.state <> 'failed')`

/** A process that died between the purge and the file has left the file. */
async function dropPurgedJournals({ db, journalFolder }: Store): Promise<void> {
  if (journalFolder === null) return
  const known = journalledRemovals(journalFolder)
  if (known.length === 0) return
  const purged = await db
    .select({ id: removals.id })
    .from(removals)
    .where(and(inArray(removals.id, known), sql`${removals.valuesPurgedAt} is not null`))
  for (const { id } of purged) dropJournal(journalFolder, id)
}

function dropJournal(folder: string | null, removalId: string): void {
  if (folder !== null) rmSync(journalFile(folder, removalId), { force: true })
}
