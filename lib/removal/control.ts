import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { appendEvents } from '../audit/append.ts'
import type { AuditAction, AuditActor } from '../audit-event.ts'
import { canaryUnderWay, letsAllGo } from '../canary.ts'
import { ExpectedError } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import { outcomesThatAre } from '../outcome.ts'
import { rowsOf } from '../store/rows-of.ts'
import { itemTags, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { enqueueRemoval } from './enqueue.ts'
import { itemAnew, PROOF_MINUTES, settleCancelled, settleRemovals, tagAnew } from './items.ts'
import { CANARY_NOT_PASSED, CANARY_STOPPING, purgedReason, requireRemoval } from './read-removal.ts'
import { type RemovalMove, removalMoves } from './state.ts'

interface Ports {
  store: Store
  queue: Queue
  scope: string
  by: AuditActor
}

type StoredMove = Exclude<RemovalMove, 'putBack'>

/** What the audit log calls each move. */
const told = {
  pause: 'removal.paused',
  resume: 'removal.resumed',
  cancel: 'removal.cancelled',
  retryFailed: 'removal.retried',
} as const satisfies Record<StoredMove, AuditAction>

/** What each move writes. `retryFailed` also sends the failed items back to the start: see {@link retryFailed}. */
const changes: Record<StoredMove, Partial<typeof removals.$inferInsert>> = {
  pause: { state: 'paused', pauseReason: 'operator', pauseMessage: null },
  resume: { state: 'running', pauseReason: null, pauseMessage: null },
  cancel: { state: 'running', cancelled: true, pauseReason: null, pauseMessage: null },
  retryFailed: { state: 'running', cancelled: false, settledAt: null },
}

/**
 * Pauses, resumes, cancels or retries a removal. A move that the state does not allow any more changes nothing.
 *
 * @throws ExpectedError `notFound`, `wrongState`
 */
export async function moveRemoval(
  ports: Ports,
  { removalId, move }: { removalId: string; move: StoredMove },
): Promise<void> {
  const { store, scope } = ports
  const removal = await requireRemoval(store.db, scope, removalId)
  if (removal.valuesPurgedAt) throw new ExpectedError('wrongState', purgedReason(removal.valuesPurgedAt))
  const states = (Object.keys(removalMoves) as (keyof typeof removalMoves)[]).filter((state) =>
    (removalMoves[state] as readonly RemovalMove[]).includes(move),
  )
  const moved = await store.db.transaction(async (tx) => {
    const rows = await tx
      .update(removals)
      .set(changes[move])
      .where(
        and(
          eq(removals.id, removalId),
          inArray(removals.state, states),
          isNull(removals.valuesPurgedAt),
          conditions[move],
        ),
      )
      .returning({ id: removals.id })
    if (rows.length === 0) return false
    await alsoMoves[move]?.(tx, removalId)
    await appendEvents(tx, removalId, [{ action: told[move], actor: ports.by }])
    return true
  })
  if (!moved) throw new ExpectedError('wrongState', wrongState(removal, move))
  if (move === 'cancel') await settleAtOnce(store, removalId)
  await enqueueRemoval(ports, removalId)
}

/** What a move asks for besides the state. What was stopped by a canary was never tried out, so it is reviewed anew. */
const conditions: Partial<Record<StoredMove, SQL>> = {
  retryFailed: sql`coalesce(${removals.canary}, 'passed') = 'passed'`,
  cancel: sql`${removals.canary} is distinct from 'stopping'`,
}

function wrongState({ state, canary }: typeof removals.$inferSelect, move: StoredMove): string {
  if (move === 'retryFailed' && !letsAllGo(canary)) return CANARY_NOT_PASSED
  return move === 'cancel' && canary === 'stopping' ? CANARY_STOPPING : `this removal is ${state}; reload the page`
}

type Transaction = Pick<Store['db'], 'execute'>

/** What a move does to the items. */
const alsoMoves: Partial<Record<StoredMove, (tx: Transaction, removalId: string) => Promise<void>>> = {
  resume: readOn,
  cancel: endCanary,
  retryFailed,
}

/** Nobody is asked about it any more; what it changed stays, and can be put back as everything else. */
async function endCanary(tx: Transaction, removalId: string): Promise<void> {
  await tx.execute(sql`update removals set canary = 'cancelled', canary_ended_at = now()
    where id = ${removalId} and ${inArray(removals.canary, [...canaryUnderWay])}`)
}

/** Proofs have their full time again: while a removal stood still, or its console did, nothing was read. */
async function readOn(tx: Transaction, removalId: string): Promise<void> {
  await tx.execute(sql`update items set prove_until = now() + make_interval(mins => ${PROOF_MINUTES})
    where removal_id = ${removalId} and state = 'proving'`)
}

/** A tag that an earlier call may have changed stays ours, so that it can be put back should it be gone by now. */
async function retryFailed(tx: Transaction, removalId: string): Promise<void> {
  const reversible = outcomesThatAre('reversible')
  const inDoubt = outcomesThatAre('retryable').filter((outcome) => reversible.includes(outcome))
  const { rows } = await tx.execute(sql`
    with again as (
      update item_tags set ${tagAnew}
      where ${inArray(itemTags.outcome, outcomesThatAre('retryable'))}
        and item_id in (select id from items where removal_id = ${removalId} and state = 'settled')
      returning item_id)
    update items set ${itemAnew}, sent_at = case when exists (
      select from item_tags t where t.item_id = items.id and ${inArray(sql`t.outcome`, inDoubt)}) then sent_at end
    where id in (select item_id from again) returning id`)
  if (rows.length === 0) throw new ExpectedError('wrongState', 'nothing failed that a retry could mend')
}

async function settleAtOnce(store: Store, removalId: string): Promise<void> {
  const unsettled = sql`select distinct lane from items where removal_id = ${removalId} and state <> 'settled'`
  for (const { lane } of await rowsOf<{ lane: string }>(store, unsettled)) await settleCancelled(store, lane)
  await settleRemovals(store)
}
