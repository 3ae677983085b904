import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleChain } from '../audit-event.ts'
import { auditEvents } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { appendEvents, appendToConsole } from './append.ts'
import { FIRST_PREVIOUS, hashEvent } from './hash-event.ts'
import { ada, readChain } from './testing.ts'

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  test('events are chained by hashes that anybody can compute', async () => {
    const odd = 'é “q” \\ \n \u0001 \u2028 👩‍🚀 </script>'
    await appendEvents(store.db, 'a', [
      { action: 'plan.requested', actor: ada, details: { odd, n: 1.5, none: null } },
      { action: 'call.sent', actor: { ...ada, address: null }, resource: 'arn', tagKey: odd, valueHash: 'x' },
    ])
    await appendEvents(store.db, 'a', [{ action: 'tag.outcome', actor: ada, outcome: 'removed', requestId: 'r' }])
    const events = await readChain(store.db, 'a')
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(events.map(hashEvent)).toEqual(events.map(({ hash }) => hash))
    expect(events.map(({ previous }) => previous)).toEqual([FIRST_PREVIOUS, ...events.slice(0, 2).map((e) => e.hash)])
    expect(JSON.parse(events[0]?.details ?? '')).toEqual({ odd, n: 1.5, none: null })
    expect(events[1]).toMatchObject({ tagKey: odd, actorName: ada.name, address: null, details: null })
  })

  test('two who append at once wait for each other; what is rolled back leaves no gap', async () => {
    const undone = store.db.transaction(async (tx) => {
      await appendToConsole(tx, { action: 'scan.started', actor: ada })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    const one = () => appendToConsole(store.db, { action: 'scan.started', actor: ada })
    await Promise.all(Array.from({ length: 20 }, one))
    const events = await readChain(store.db, consoleChain)
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })

  test.each([
    ['update', sql`update audit_events set actor_name = 'x'`],
    ['delete', sql`delete from audit_events`],
    ['truncate', sql`truncate audit_events`],
  ])('nothing is taken back by %s', async (_, statement) => {
    await appendToConsole(store.db, { action: 'scan.started', actor: ada })
    const before = await store.db.$count(auditEvents)
    await expect(store.db.execute(statement)).rejects.toThrow()
    expect(await store.db.$count(auditEvents)).toBe(before)
  })
})
