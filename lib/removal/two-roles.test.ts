import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { appendToConsole } from '../audit/append.ts'
import { ada, readChain } from '../audit/testing.ts'
import { openQueue } from '../jobs/queue.ts'
import { openStore } from '../store/open.ts'
import { createDatabase, createRoles } from '../store/testing.ts'
import { onThreeSecrets, request, withOutcome } from './testing.ts'

describe('on PostgreSQL, where another role owns the tables', () => {
  const stage = onThreeSecrets('twoRoles')

  test.each([
    ['insert', sql`insert into audit_events select * from audit_events`],
    ['update', sql`update audit_events set actor_name = 'x'`],
    ['delete', sql`delete from audit_events`],
    ['truncate', sql`truncate audit_events`],
    ['disable the trigger', sql`alter table audit_events disable trigger audit_events_append_only`],
    ['drop the trigger', sql`drop trigger audit_events_append_only on audit_events`],
    ['add a trigger', sql`create trigger mine before insert on audit_events execute function refuse_audit_change()`],
    [
      'replace the function',
      sql`create or replace function append_audit_events(of_chain text, events jsonb)
      returns integer language sql as 'select 1'`,
    ],
    ['put something before the tables', sql`create table public.mine (id int)`],
    ['become the owner', sql`do $$ begin execute format('set role %I', current_database() || '_owner'); end $$`],
    ['skip triggers', sql`set session_replication_role = replica`],
    ['drop the log', sql`drop table audit_events`],
  ])('the role of the console cannot %s', async (_, statement) => {
    const { db } = stage.bench.store
    await appendToConsole(db, { action: 'scan.started', actor: ada })
    const before = await readChain(db, 'console')
    await expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: '42501' } })
    expect(await readChain(db, 'console')).toEqual(before)
  })

  test('what the role of the console has made itself never runs with the rights of the owner', async () => {
    const { db } = stage.bench.store
    const { rows } = await db.execute<{ name: string }>(sql`select current_database() as name`)
    const server = new URL(process.env.UNTAG_TEST_POSTGRES ?? '')
    server.pathname = String(rows[0]?.name)
    // As it is for everybody up to PostgreSQL 14.
    await asSuperuser(server.href, 'grant create on schema public to public')
    const own = sql.raw(`public.jsonb_build_array(text, int${', text'.repeat(13)})`)
    await db.execute(sql`create function ${own} returns jsonb language plpgsql as $$ begin
      raise exception 'this is %', current_user; end $$`)
    await appendToConsole(db, { action: 'scan.started', actor: ada })
    await db.execute(sql`drop function ${own}`)
    await asSuperuser(server.href, 'revoke create on schema public from public')
  })

  test('a removal goes its whole way', async () => {
    const { bench, arns } = stage
    const { removalId } = await bench.start(request(arns, 'team'))
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 3 })
    expect((await readChain(bench.store.db, removalId)).at(-1)).toMatchObject({ action: 'removal.settled' })
  })

  test('jobs are handed out, and a second console starts', async () => {
    const { store } = stage.bench
    const errors: Error[] = []
    const [first, second] = [
      await openQueue(store, (e) => errors.push(e)),
      await openQueue(store, (e) => errors.push(e)),
    ]
    const done = Promise.withResolvers<string>()
    await first.work('lane', async ({ lane }) => done.resolve(lane))
    await second.enqueue('lane', 'a', { lane: 'a' })
    expect(await done.promise).toBe('a')
    await first.stop()
    await second.stop()
    expect(errors).toEqual([])
  })
})

/** Runs SQL on a database as whoever runs the server. */
async function asSuperuser(database: string, ...statements: string[]): Promise<void> {
  const client = new Client(database)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test('a database that one role owned changes hands', async () => {
  const database = await createDatabase()
  const { databaseUrl, databaseOwnerUrl } = await createRoles(database)
  const [console, owner] = [new URL(databaseUrl).username, new URL(databaseOwnerUrl).username]
  const name = new URL(database).pathname.slice(1)
  await asSuperuser(database, `alter database ${name} owner to ${console}`)
  const before = await openStore({ dataFolder: '', databaseUrl })
  await appendToConsole(before.db, { action: 'scan.started', actor: ada })
  await (await openQueue(before, () => {})).stop()
  await before.close()
  await asSuperuser(database, `alter database ${name} owner to ${owner}`, `reassign owned by ${console} to ${owner}`)
  const after = await openStore({ dataFolder: '', databaseUrl, databaseOwnerUrl })
  await appendToConsole(after.db, { action: 'scan.started', actor: ada })
  await (await openQueue(after, () => {})).stop()
  expect(await readChain(after.db, 'console')).toHaveLength(2)
  await after.close()
})

test.each([
  ['a superuser', (role: string) => `alter role ${role} superuser`],
  ['a member of the owner', (role: string) => `grant ${role.replace('console', 'owner')} to ${role}`],
])('the start is refused when the role of the console is %s', async (_, grant) => {
  const database = await createDatabase()
  const roles = await createRoles(database)
  await asSuperuser(database, grant(new URL(roles.databaseUrl).username))
  await expect(openStore({ dataFolder: '', ...roles })).rejects.toMatchObject({
    code: 'invalidInput',
    message: expect.stringContaining('could still change the audit log'),
  })
})
