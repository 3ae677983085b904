import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { openTestStore } from '../store/testing.ts'
import { listRemovalItems } from './list-removal-items.ts'
import { writeSettledRemoval } from './testing.ts'

const scope = '111122223333:AIDAADA'
const store = await openTestStore()
afterAll(() => store.close())

test('what went first stands before the others, page by page', async () => {
  const removalId = await writeSettledRemoval(store, scope, ['a', 'b', 'c', 'd'])
  await store.db.execute(sql`update items set canary = true where name in ('b', 'd')`)
  const view = { outcome: 'all', text: '', size: 3 } as const
  const pages = await Promise.all([1, 2].map((page) => listRemovalItems(store, scope, removalId, { ...view, page })))
  expect(pages.map(({ rows }) => rows.map(({ name, wentFirst }) => `${name} ${wentFirst}`))).toEqual([
    ['b true', 'd true', 'a false'],
    ['c false'],
  ])
})
