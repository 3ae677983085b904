import { eq, sql } from 'drizzle-orm'
import { appendEvents } from '../audit/append.ts'
import { createSalt } from '../audit/value-hash.ts'
import type { StartRequest } from '../impact-facts.ts'
import { type plans, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { journalRemoval } from './journal.ts'
import { laneOfRow } from './lane.ts'
import { writeShare } from './share.ts'

interface Beginning {
  plan: typeof plans.$inferSelect
  planDigest: string
  impactDigest: string
  starting: Pick<StartRequest, 'acknowledgements' | 'startedBy' | 'startedFrom'>
  /** ARNs of what goes first; null: all goes at once. */
  canary: readonly string[] | null
}

/** Makes a removal of what a plan includes, with its items; however often it is called, one plan makes one removal. */
export async function beginRemoval(store: Store, beginning: Beginning): Promise<{ removalId: string }> {
  const begun = await store.db.transaction((tx) => beginWithin(tx, store.journalFolder, beginning))
  const removalId = begun ?? (await startedRemoval(store.db, beginning.plan.id))
  if (removalId === undefined) throw new Error('the plan was started and is not')
  return { removalId }
}

/** The same as part of a transaction; undefined when the plan was started before. */
export async function beginWithin(
  tx: Pick<Store['db'], 'insert' | 'execute'>,
  journalFolder: string | null,
  { plan, planDigest, impactDigest, starting, canary }: Beginning,
): Promise<string | undefined> {
  const valueSalt = createSalt()
  const [removal] = await tx
    .insert(removals)
    .values({
      planId: plan.id,
      scope: plan.scope,
      direction: plan.direction,
      share: writeShare(),
      acknowledgements: starting.acknowledgements,
      planDigest,
      impactDigest,
      startedBy: starting.startedBy,
      startedFrom: starting.startedFrom,
      valueSalt,
      reverses: plan.request.from === 'removal' ? plan.request.removalId : null,
      canary: canary === null ? null : 'preparing',
    })
    .onConflictDoNothing({ target: removals.planId })
    .returning()
  if (!removal) return undefined
  await tx.execute(sql`
    with added as (
      insert into items (removal_id, arn, type, region, name, lane, canary)
      select ${removal.id}, arn, type, region, name, ${laneOfRow}, arn = any(${sql.param(canary ?? [])}::text[])
      from plan_items where plan_id = ${plan.id} and skipped is null order by arn
      returning id, arn)
    insert into item_tags (item_id, key, value)
    select added.id, tag.key, tag.value from added
      join plan_items p on p.plan_id = ${plan.id} and p.arn = added.arn,
      jsonb_to_recordset(p.tags) as tag(key text, value text)`)
  journalRemoval(journalFolder, { ...removal, valueSalt })
  const { planId, direction, acknowledgements, share, reverses } = removal
  const details = { planId, direction, planDigest, impactDigest, acknowledgements, share, reverses, canary }
  await appendEvents(tx, removal.id, [{ action: 'removal.started', details }])
  return removal.id
}

/** The removal that was started from a plan. */
export async function startedRemoval(db: Pick<Store['db'], 'select'>, planId: string): Promise<string | undefined> {
  const [removal] = await db.select({ id: removals.id }).from(removals).where(eq(removals.planId, planId))
  return removal?.id
}
