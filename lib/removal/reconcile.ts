import { eq, inArray, sql } from 'drizzle-orm'
import { appendEvents } from '../audit/append.ts'
import { theConsole } from '../audit-event.ts'
import { canaryUnderWay } from '../canary.ts'
import { outcomesThatAre } from '../outcome.ts'
import { items, itemTags, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { itemAnew, PROOF_MINUTES, tagAnew } from './items.ts'
import { type JournalClaim, type JournalEntry, journalledAt, journalledRemovals, readJournal } from './journal.ts'

/**
 * Brings the embedded database up to the journal after whatever ended the last process: what the journal knows to have
 * been claimed is treated as possibly sent, so that it is read again and decided from what is there. Claims of the dead
 * process, for calls and for proofs, are free at once. Call it before any worker starts, and only while the data folder
 * is this process's alone.
 */
export async function reconcile(store: Store): Promise<void> {
  if (store.journalFolder === null) return
  for (const removalId of journalledRemovals(store.journalFolder)) {
    const [known] = await store.db
      .select({ settledAt: removals.settledAt })
      .from(removals)
      .where(eq(removals.id, removalId))
    const { settledAt } = known ?? {}
    if (settledAt && journalledAt(store.journalFolder, removalId) <= settledAt) continue
    const entry = readJournal(store.journalFolder, removalId)
    if (!entry) continue
    // Without a claim nothing was sent for it: it may never have been committed.
    if (!known && entry.claims.length === 0) continue
    if (settledAt) {
      await recoverRetry(store, entry)
      continue
    }
    if (!known) await recoverRemoval(store, entry)
    for (const claim of entry.claims) await recoverClaim(store, removalId, claim)
    await recoverPassed(store, removalId)
  }
  // Not now: by a clock that is set back later, that would be still to come.
  await store.db.update(items).set({ leaseUntil: sql`'-infinity'` }).where(eq(items.state, 'claimed'))
  const proveUntil = sql`now() + make_interval(mins => ${PROOF_MINUTES})`
  await store.db.update(items).set({ dueAt: sql`now()`, proveUntil }).where(eq(items.state, 'proving'))
}

const RECOVERED = 'recovered from the journal after the database had lost it; resume to find out how each call ended'

/**
 * The database lost the removal itself: it comes back paused, with the resources that had been claimed. What was to go
 * on only after somebody was asked does not: it is looked how each call ended, and nothing more is sent.
 */
async function recoverRemoval(store: Store, { removal, claims }: JournalEntry): Promise<void> {
  await store.db.transaction(async (tx) => {
    await tx.insert(removals).values({
      ...removal,
      ...(removal.canary !== null && { canary: 'cancelled' as const, canaryEndedAt: sql`now()`, cancelled: true }),
      state: 'paused',
      pauseReason: 'operator',
      pauseMessage: RECOVERED,
    })
    for (const { tags, fence, ...item } of claims) {
      const [added] = await tx
        .insert(items)
        .values({ ...item, removalId: removal.id, fence, canary: removal.canary !== null, sentAt: sql`now()` })
        .returning({ id: items.id })
      if (added) await tx.insert(itemTags).values(tags.map((tag) => ({ itemId: added.id, ...tag })))
    }
    const details = { resources: claims.length }
    await appendEvents(tx, removal.id, [{ action: 'removal.recovered', actor: theConsole, details }])
  })
}

/** The database lost that what had failed was retried: it comes back paused, with the resources that had been claimed. */
async function recoverRetry(store: Store, { removal, claims }: JournalEntry): Promise<void> {
  const claimed = JSON.stringify(claims.map(({ arn, fence }) => ({ arn, fence })))
  await store.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`
      with again as (
        update items set ${itemAnew}, fence = claimed.fence, sent_at = coalesce(sent_at, now())
        from jsonb_to_recordset(${claimed}::jsonb) as claimed(arn text, fence int)
        where items.removal_id = ${removal.id} and items.arn = claimed.arn and items.fence < claimed.fence
        returning items.id)
      update item_tags set ${tagAnew}
      where item_id in (select id from again) and ${inArray(itemTags.outcome, outcomesThatAre('retryable'))}
      returning item_id`)
    if (rows.length === 0) return
    const paused = { state: 'paused', pauseReason: 'operator', pauseMessage: RECOVERED } as const
    await tx
      .update(removals)
      .set({ ...paused, settledAt: null, cancelled: false })
      .where(eq(removals.id, removal.id))
    const details = { resources: new Set(rows.map(({ item_id: id }) => id)).size }
    await appendEvents(tx, removal.id, [{ action: 'removal.recovered', actor: theConsole, details }])
  })
}

/** The database lost a claim (its fence is older than the journal's), or perhaps what followed it: that it was sent. */
async function recoverClaim(store: Store, removalId: string, { arn, fence }: JournalClaim): Promise<void> {
  await store.db
    .update(items)
    .set({ fence, sentAt: sql`coalesce(sent_at, now())` })
    .where(sql`${items.removalId} = ${removalId} and ${items.arn} = ${arn}
      and (${items.fence} < ${fence} or (${items.fence} = ${fence} and ${items.state} = 'claimed'))`)
}

/** The database lost that a canary had passed: nothing else is claimed before that. */
async function recoverPassed(store: Store, removalId: string): Promise<void> {
  await store.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`update removals set canary = 'passed', canary_ended_at = now()
      where id = ${removalId} and ${inArray(removals.canary, [...canaryUnderWay])} and exists (
        select from items i where i.removal_id = removals.id and not i.canary and i.sent_at is not null) returning id`)
    if (rows.length === 0) return
    const details = { canary: 'passed' }
    await appendEvents(tx, removalId, [{ action: 'removal.recovered', actor: theConsole, details }])
  })
}
