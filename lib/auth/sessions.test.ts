import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sessions } from '../store/schema.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { createSession, endSessions, findSession } from './sessions.ts'

describe.each(dialects)('sessions in %s', async (dialect) => {
  const store = await openTestStore(dialect)
  beforeEach(() => endSessions(store))
  afterAll(() => store.close())

  test('a session is found by its token for twelve hours', async () => {
    const { token } = await createSession(store, null)
    const session = await findSession(store, token)
    expect(Number(session?.expiresAt) - Number(session?.createdAt)).toBe(12 * 60 * 60 * 1000)
    expect(await findSession(store, `${token}x`)).toBeUndefined()
  })

  test('an expired session is not found', async () => {
    const { token } = await createSession(store, null)
    await store.db.update(sessions).set({ expiresAt: sql`now()` })
    expect(await findSession(store, token)).toBeUndefined()
  })

  test('the store keeps no token', async () => {
    const { token } = await createSession(store, null)
    const [row] = await store.db.select().from(sessions)
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(row)).not.toContain(token)
  })

  test('all sessions end at once', async () => {
    const { token } = await createSession(store, null)
    await endSessions(store)
    expect(await findSession(store, token)).toBeUndefined()
  })
})
