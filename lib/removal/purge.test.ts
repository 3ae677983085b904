import { existsSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashEvent } from '../audit/hash-event.ts'
import { ada, readChain } from '../audit/testing.ts'
import { consoleChain } from '../audit-event.ts'
import { openAws } from '../aws/clients.ts'
import { storeImpact } from '../impact/request.ts'
import { writePlan } from '../impact/testing.ts'
import { plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { journalFile } from './journal.ts'
import { requestPutBack } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { purgeOverdue, purgeRemoval } from './purge.ts'
import { purgedPlan } from './purged-plan.ts'
import { readRemoval } from './read-removal.ts'
import { countOverdue, readRetention, setRetention } from './retention.ts'
import { writeSettledRemoval } from './testing.ts'
import { watchRemoval } from './watch.ts'

const account = '111122223333'
const scope = ada.id
const queue = { enqueue: async () => {}, work: async () => {}, stop: async () => {} }
const signal = new AbortController().signal

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  let removalId: string
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())
  beforeEach(async () => {
    await store.db.execute(sql`truncate value_retentions, removals, plans cascade`)
    removalId = await writeSettledRemoval(store, scope, ['a', 'b', 'c'])
  })

  const ports = () => ({ store, queue, scope, by: ada })
  const purge = () => purgeRemoval(ports(), { removalId })
  const read = () => readRemoval(store, scope, removalId)
  const isPurged = async () => (await read()).oldValues.purgedAt !== null
  const askForPutBack = async () => (await requestPutBack(ports(), { removalId, itemIds: 'all' })).planId
  const retain = (days: number | null) => setRetention({ store, account, by: ada }, days)
  const reasonOf = async (move: string) => (await read()).moves.find((one) => one.move === move)?.disabledReason
  const planIds = async () => (await store.db.select({ id: plans.id }).from(plans)).map(({ id }) => id).sort()
  const later = (days: number) =>
    store.db.execute(
      sql`update removals set settled_at = settled_at - make_interval(days => ${days}),
        watch_until = watch_until - make_interval(days => ${days})`,
    )

  test('values, salt, plan, put-backs that were not started and the journal go; outcomes and the log stay', async () => {
    await askForPutBack()
    await purge()
    const { rows } = await store.db.execute(
      sql`select distinct value, came_back_value, value_salt from item_tags, removals`,
    )
    expect(rows).toEqual([{ value: null, came_back_value: null, value_salt: null }])
    expect(await planIds()).toEqual([])
    const { journalFolder } = store
    if (journalFolder !== null) expect(existsSync(journalFile(journalFolder, removalId))).toBe(false)
    expect(await read()).toMatchObject({ watch: null, tags: { byOutcome: { removed: 3 } } })
    const events = await readChain(store.db, removalId)
    expect(events.map(hashEvent)).toEqual(events.map(({ hash }) => hash))
    expect(events.at(-1)).toMatchObject({ action: 'values.purged', actorName: ada.name })
  })

  test('the address of the purged plan still leads to its removal, for whom it was', async () => {
    const { planId } = await read()
    expect(await purgedPlan(store, scope, planId)).toBeNull()
    await purge()
    expect(await purgedPlan(store, scope, planId)).toMatchObject({ removalId, direction: 'remove' })
    expect(await purgedPlan(store, 'another:scope', planId)).toBeNull()
  })

  test('what asks for the old values is not offered any more, says why, and is refused', async () => {
    await store.db.execute(sql`update item_tags set outcome = 'reappeared'`)
    await purge()
    expect(await reasonOf('putBack')).toMatch(/^its old values were purged on \d{4}-\d\d-\d\d$/)
    expect(await reasonOf('retryFailed')).toMatch(/^its old values were purged on/)
    const refused = { code: 'wrongState', message: expect.stringMatching(/purged/) }
    await expect(askForPutBack()).rejects.toMatchObject(refused)
    await expect(moveRemoval(ports(), { removalId, move: 'retryFailed' })).rejects.toMatchObject(refused)
    await expect(purge()).rejects.toMatchObject(refused)
  })

  test('a put-back that was asked for in the very instant of the purge says why it came to nothing', async () => {
    const planId = await askForPutBack()
    await store.db.execute(sql`update item_tags set value = null`)
    await preparePlan({ ...ports(), aws: openAws() }, planId, signal)
    const { rows } = await store.db.execute(sql`select problem from plans where id = ${planId}`)
    expect(rows).toMatchObject([{ problem: { code: 'wrongState' } }])
  })

  test('nothing is purged while the removal runs, or a put-back of it is just being started', async () => {
    const starting = { reviewedImpactId: '', reviewedPlanDigest: '', acknowledgements: [] }
    await storeImpact(store.db, await askForPutBack(), { ...starting, startedBy: '', startedFrom: null, canary: false })
    await expect(purge()).rejects.toMatchObject({ code: 'wrongState', message: expect.stringMatching(/put-back/) })
    await later(91)
    await purgeOverdue(store, signal)
    expect(await isPurged()).toBe(false)
    await store.db.execute(sql`update removals set state = 'running'`)
    await expect(purge()).rejects.toMatchObject({ code: 'wrongState', message: expect.stringMatching(/settled/) })
  })

  test('old values are kept for 90 days unless the account says otherwise', async () => {
    const { oldValues, settledAt } = await read()
    expect(Date.parse(oldValues.keptUntil ?? '') - Date.parse(settledAt ?? '')).toBe(90 * 24 * 3600 * 1000)
    await later(89)
    await purgeOverdue(store, signal)
    expect(await isPurged()).toBe(false)
    await retain(null)
    await later(2000)
    await purgeOverdue(store, signal)
    expect([await isPurged(), (await read()).oldValues.keptUntil]).toEqual([false, null])
    await retain(2090)
    await purgeOverdue(store, signal)
    expect([await isPurged(), await countOverdue(store, account, 2090)]).toEqual([false, 0])
    await retain(2089)
    expect(await countOverdue(store, account, 2089)).toBe(1)
    await purgeOverdue(store, signal)
    expect([await isPurged(), await countOverdue(store, account, 2089)]).toEqual([true, 0])
    expect((await readChain(store.db, removalId)).at(-1)).toMatchObject({ action: 'values.purged', actorId: 'untag' })
  })

  test('a purge of now ends the watch', async () => {
    await watchRemoval(ports(), { removalId, watch: true })
    await purge()
    expect((await read()).watch).toMatchObject({ isOver: true })
  })

  test('a watched removal keeps its old values until the watch is over', async () => {
    await later(91)
    await watchRemoval(ports(), { removalId, watch: true })
    await purgeOverdue(store, signal)
    expect(await isPurged()).toBe(false)
    await later(8)
    await purgeOverdue(store, signal)
    expect(await isPurged()).toBe(true)
  })

  test('plans that were never started go when they are as old; one that was stays with its removal', async () => {
    const { planId } = await read()
    const unstarted = await writePlan(store, scope, ['d'])
    await store.db.execute(sql`update plans set created_at = created_at - interval '91 days'`)
    const fresh = await writePlan(store, scope, ['e'])
    await purgeOverdue(store, signal)
    expect(await planIds()).toEqual([planId, fresh].sort())
    const told = (await readChain(store.db, consoleChain)).filter(({ action }) => action === 'plans.purged')
    expect(JSON.parse(told.at(-1)?.details ?? '')).toEqual({ planIds: [unstarted] })
  })

  // Only the embedded database has a journal beside it.
  if (dialect === 'pglite') {
    test('a journal file that a killed purge has left goes with the next one', async () => {
      const file = journalFile(store.journalFolder ?? '', removalId)
      expect(existsSync(file)).toBe(true)
      await store.db.execute(sql`update removals set values_purged_at = now()`)
      await purgeOverdue(store, signal)
      expect(existsSync(file)).toBe(false)
    })
  }

  test('who changed the retention is told, and stands in the log', async () => {
    expect(await readRetention(store, account)).toEqual({ days: 90, changed: null })
    await retain(30)
    expect(await readRetention(store, account)).toMatchObject({ days: 30, changed: { by: ada.name } })
    expect(await readRetention(store, '999999999999')).toMatchObject({ days: 90 })
    const last = (await readChain(store.db, consoleChain)).at(-1)
    expect([last?.action, JSON.parse(last?.details ?? '')]).toEqual([
      'retention.changed',
      { account, days: 30, before: 90 },
    ])
  })
})
