import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '../audit/testing.ts'
import { protectedPatterns } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import {
  addProtectedPattern,
  listProtectedPatterns,
  protectedPatternSchema,
  removeProtectedPattern,
} from './protected-patterns.ts'

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  test('each account has a list of its own, where a pattern stands once with its last note', async () => {
    const [one, other] = ['111122223333', '444455556666']
    await addProtectedPattern({ store, by: ada }, one, { pattern: 'team', note: 'first' })
    await addProtectedPattern({ store, by: ada }, one, { pattern: 'Billing*', note: '' })
    await addProtectedPattern({ store, by: ada }, one, { pattern: 'team', note: 'second' })
    await addProtectedPattern({ store, by: ada }, other, { pattern: 'map-migrated', note: '' })
    await removeProtectedPattern({ store, by: ada }, other, 'team')
    const listed = [
      { pattern: 'Billing*', note: '' },
      { pattern: 'team', note: 'second' },
    ]
    expect(await listProtectedPatterns(store, one)).toEqual(listed)
    await removeProtectedPattern({ store, by: ada }, one, 'team')
    await removeProtectedPattern({ store, by: ada }, one, 'team')
    expect(await listProtectedPatterns(store, one)).toEqual(listed.slice(0, 1))
    expect(await listProtectedPatterns(store, other)).toEqual([{ pattern: 'map-migrated', note: '' }])
  })

  test('a list that is full takes other notes, and no more patterns', async () => {
    const account = '777788889999'
    const full = Array.from({ length: 200 }, (_, at) => ({ account, pattern: `p${at}`, note: '' }))
    await store.db.insert(protectedPatterns).values(full)
    await expect(addProtectedPattern({ store, by: ada }, account, { pattern: 'more', note: '' })).rejects.toMatchObject(
      {
        code: 'limitExceeded',
      },
    )
    await addProtectedPattern({ store, by: ada }, account, { pattern: 'p7', note: 'why' })
    expect(await listProtectedPatterns(store, account)).toContainEqual({ pattern: 'p7', note: 'why' })
  })
})

test.each([
  ['', false],
  ['   ', false],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['kubernetes.io/*', true],
])('the pattern “%s”: %s', (pattern, isFine) => {
  expect(protectedPatternSchema.safeParse({ pattern, note: '' }).success).toBe(isFine)
})
