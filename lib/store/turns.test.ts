import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from './store.ts'
import { openTestStore } from './testing.ts'
import { urgently } from './turns.ts'

let store: Store
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(async () => {
  await store.close()
})

const ask = () => store.db.execute(sql`select 1`)

/** Keeps the database busy until the answer is called. */
async function hold(): Promise<() => Promise<void>> {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const held = store.db.transaction(async () => {
    begun.resolve()
    await end.promise
  })
  await begun.promise
  return async () => {
    // What was asked for before has reached the queue by then.
    await nextTurn()
    end.resolve()
    await held
  }
}

/** Asks so many times while the database is busy, and answers in which order the answers came. */
async function orderOf(others: number, urgent: number): Promise<string> {
  let order = ''
  const release = await hold()
  const asked = Promise.all([
    ...Array.from({ length: others }, async () => {
      await ask()
      order += 'o'
    }),
    ...Array.from({ length: urgent }, async () => {
      await urgently(ask)
      order += 'U'
    }),
  ])
  await release()
  await asked
  return order
}

test('what is urgent goes before what was asked for earlier', async () => {
  expect(await orderOf(5, 3)).toBe('UUUooooo')
})

test('what is urgent keeps nobody else waiting for ever', async () => {
  expect(await orderOf(3, 20)).toBe('UUUUUUUUoUUUUUUUUoUUUUo')
})

test('whatever is asked within urgent work is urgent, transactions too', async () => {
  const order: string[] = []
  const release = await hold()
  const others = ask().then(() => order.push('others'))
  const urgent = urgently(async () => {
    await store.db.transaction(async (db) => void (await db.execute(sql`select 1`)))
    order.push('urgent')
  })
  await release()
  await Promise.all([others, urgent])
  expect(order).toEqual(['urgent', 'others'])
})

test('between queries that take long the event loop turns', async () => {
  let turns = 0
  let isOver = false
  const turning = (async () => {
    while (!isOver) {
      await nextTurn()
      turns += 1
    }
  })()
  for (let query = 0; query < 4; query += 1) await store.db.execute(sql`select pg_sleep(0.03)`)
  isOver = true
  await turning
  expect(turns).toBeGreaterThanOrEqual(4)
})

test('a query that fails, and a transaction that is rolled back, hold up nobody', async () => {
  const failing = store.db.execute(sql`select no_such_column`).catch(() => 'failed')
  const rolledBack = store.db.transaction(async (db) => db.rollback()).catch(() => 'rolled back')
  const answered = ask().then(({ rows }) => rows.length)
  expect(await Promise.all([failing, rolledBack, answered])).toEqual(['failed', 'rolled back', 1])
})
