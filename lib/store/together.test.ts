import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from './store.ts'
import { openTestStore } from './testing.ts'
import { together } from './together.ts'

let store: Store
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())

/** Statements that end when the test says so. */
function held() {
  const runs: { asks: readonly number[]; end: PromiseWithResolvers<void> }[] = []
  const ask = together<number, number>(async (_, asks) => {
    const end = Promise.withResolvers<void>()
    runs.push({ asks, end })
    await end.promise
    if (asks.includes(13)) throw new Error('thirteen')
    return asks.map((each) => each * 2)
  })
  const next = async () => {
    while (runs.length === 0) await Promise.resolve()
    const [run] = runs.splice(0, 1)
    run?.end.resolve()
    return run?.asks
  }
  return { ask, next }
}

test('what is asked for while a statement is under way goes together in the next one', async () => {
  const { ask, next } = held()
  const answers = Promise.all([1, 2, 3].map((each) => ask(store, each)))
  expect(await next()).toEqual([1])
  expect(await next()).toEqual([2, 3])
  expect(await answers).toEqual([2, 4, 6])
  const later = ask(store, 4)
  expect(await next()).toEqual([4])
  expect(await later).toBe(8)
})

test('nobody hears before what they asked for is committed', async () => {
  const { ask, next } = held()
  const heard: number[] = []
  const both = [1, 2].map(async (each) => heard.push(await ask(store, each)))
  expect(await next()).toEqual([1])
  await both[0]
  expect(heard).toEqual([2])
  await next()
  await Promise.all(both)
  expect(heard).toEqual([2, 4])
})

test('the fault of one is not the fault of those who went with it', async () => {
  const { ask, next } = held()
  const answers = Promise.allSettled([1, 12, 13, 14].map((each) => ask(store, each)))
  for (const asks of [[1], [12, 13, 14], [12], [13], [14]]) expect(await next()).toEqual(asks)
  expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

test('no statement holds more than 256', async () => {
  const { ask, next } = held()
  const answers = Promise.all(Array.from({ length: 300 }, (_, each) => ask(store, each + 100)))
  expect([(await next())?.length, (await next())?.length, (await next())?.length]).toEqual([1, 256, 43])
  await answers
})
