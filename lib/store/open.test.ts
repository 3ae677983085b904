import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openStore } from './open.ts'
import { planItems } from './schema.ts'
import { dialects, openTestStore } from './testing.ts'

test('the data folder is made for its owner alone', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'untag-open-'))
  const dataFolder = join(parent, 'data')
  const store = await openStore({ dataFolder })
  await store.close()
  expect((statSync(dataFolder).mode & 0o777).toString(8)).toBe('700')
  rmSync(parent, { recursive: true })
})

test.each(dialects)('on %s, a query that failed does not tell the values that it was to write', async (dialect) => {
  const store = await openTestStore(dialect)
  const value = 'a value that nobody else has'
  const item = { planId: randomUUID(), arn: 'arn', name: 'name', region: 'eu-central-1', siblings: [] }
  const failed = store.db.insert(planItems).values({ ...item, type: 'key', tags: [{ key: 'team', value }] })
  const error = await failed.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(inspect(error, { depth: 9 })).toContain('Failed query: insert into')
  expect(inspect(error, { depth: 9 })).not.toContain(value)
  await store.close()
})

test('a console that stands still in the middle of a transaction does not hold up others for ever', async () => {
  const store = await openTestStore('postgres')
  const { rows } = await store.db.execute(sql`show idle_in_transaction_session_timeout`)
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }])
  await store.close()
})
