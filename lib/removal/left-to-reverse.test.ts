import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../outcome.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { leftToReverse } from './left-to-reverse.ts'
import type { Direction } from './state.ts'
import { writeSettledRemoval } from './testing.ts'

const scope = '111122223333:AIDAADA'

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  let removalId: string
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())
  beforeEach(async () => {
    await store.db.execute(sql`truncate removals, plans cascade`)
    removalId = await writeSettledRemoval(store, scope, ['a', 'b', 'c'])
  })

  const reverse = async (reverses: string, direction: Direction, names: string[], outcome: Outcome) => {
    const id = await writeSettledRemoval(store, scope, names)
    await store.db.execute(sql`update removals set direction = ${direction}, reverses = ${reverses} where id = ${id}`)
    await store.db.execute(sql`update item_tags set outcome = ${outcome}
      where item_id in (select id from items where removal_id = ${id})`)
    return id
  }
  const left = () => leftToReverse(store, removalId)

  test('all of it at first, and none of what changed nothing', async () => {
    expect(await left()).toBe(3)
    await store.db.execute(sql`update item_tags set outcome = 'denied'
      where item_id = (select min(id) from items where removal_id = ${removalId})`)
    expect(await left()).toBe(2)
  })

  test.each<[Outcome, number]>([
    ['restored', 1],
    ['alreadyPresent', 1],
    ['settling', 1],
    ['stillAbsent', 3],
    ['denied', 3],
    ['cancelled', 3],
  ])('a put-back of two that came out as %s leaves %i', async (outcome, tags) => {
    await reverse(removalId, 'putBack', ['a', 'b'], outcome)
    expect(await left()).toBe(tags)
  })

  test('what was put back and taken off again is left, until it is put back anew', async () => {
    const putBack = await reverse(removalId, 'putBack', ['a', 'b', 'c'], 'restored')
    expect(await left()).toBe(0)
    const again = await reverse(putBack, 'remove', ['a'], 'removed')
    expect(await left()).toBe(1)
    await reverse(again, 'putBack', ['a'], 'restored')
    expect(await left()).toBe(0)
  })
})
