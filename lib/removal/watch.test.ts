import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashEvent } from '../audit/hash-event.ts'
import { ada, readChain } from '../audit/testing.ts'
import { theConsole } from '../audit-event.ts'
import { noteCameBack } from '../inventory/note-came-back.ts'
import { runScan, startScan } from '../inventory/scan.ts'
import { storeSnapshot, testResource } from '../inventory/testing.ts'
import { snapshotRegions } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { listRemovalItems } from './list-removal-items.ts'
import { listRemovals } from './list-removals.ts'
import { purgeRemoval } from './purge.ts'
import { readRemoval } from './read-removal.ts'
import { onThreeSecrets, request, writeSettledRemoval } from './testing.ts'
import { watchRemoval } from './watch.ts'

/** `a team=pay`: what came back, with its value. */
async function cameBackOf(store: Store, scope: string, removalId: string): Promise<string[]> {
  const view = { outcome: 'cameBack', text: '', page: 1, size: 100 } as const
  const { rows } = await listRemovalItems(store, scope, removalId, view)
  return rows.flatMap(({ name, tags }) =>
    tags.flatMap((tag) => (tag.cameBack ? [`${name} ${tag.key}=${tag.cameBack.value}`] : [])),
  )
}

describe.each(dialects)('on %s', (dialect) => {
  const scope = ada.id
  let store: Store
  let removalId: string
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())
  beforeEach(async () => {
    await store.db.execute(sql`truncate removals, plans, snapshots cascade`)
    removalId = await writeSettledRemoval(store, scope, ['a', 'b'])
  })

  const watch = (on = true) => watchRemoval({ store, scope, by: ada }, { removalId, watch: on })
  const read = () => readRemoval(store, scope, removalId)
  const cameBack = () => cameBackOf(store, scope, removalId)
  /** What a scan does at its end that has found the tag `team` with these values, by name of the secret. */
  async function scan(found: Record<string, string>, { region = 'eu-central-1', of = scope } = {}): Promise<void> {
    const resources = Object.entries(found).map(([name, team], number) => {
      const arn = `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`
      return testResource(number, { arn, type: 'secret', name, tags: [{ key: 'team', value: team }] })
    })
    const snapshotId = await storeSnapshot(store, resources, of)
    await store.db.insert(snapshotRegions).values({ snapshotId, region, type: 'secret', state: 'complete' })
    await noteCameBack(store.db, snapshotId)
  }

  test('what is there again is noted once, with the value of the first scan that saw it', async () => {
    await watch()
    await scan({})
    expect([await cameBack(), (await read()).cameBack]).toEqual([[], 0])
    await scan({ a: 'new' })
    await scan({ a: 'newer', b: '' })
    expect(await cameBack()).toEqual(['a team=new', 'b team='])
    const [listed] = await listRemovals(store, scope)
    expect([(await read()).cameBack, listed?.cameBack, listed?.isWatched]).toEqual([2, 2, true])
  })

  test('the audit log tells of each tag that is there again, once, and not its value', async () => {
    await watch()
    await scan({ a: 'pay' })
    await scan({ a: 'pay', b: 'theirs' })
    const events = (await readChain(store.db, removalId)).slice(-3)
    expect(events).toMatchObject([
      { action: 'watch.started', actorName: ada.name },
      { action: 'tag.cameBack', actorId: theConsole.id, tagKey: 'team', details: '{"sameValue": true}' },
      { action: 'tag.cameBack', actorId: theConsole.id, tagKey: 'team', details: '{"sameValue": false}' },
    ])
    expect(events.map(({ resource }) => resource)).toEqual([
      null,
      expect.stringMatching(/:a-/),
      expect.stringMatching(/:b-/),
    ])
    expect(events.map(hashEvent)).toEqual(events.map(({ hash }) => hash))
    expect(JSON.stringify(events)).not.toContain('theirs')
  })

  test.each([
    ['restored', []],
    ['settling', []],
    ['pending', []],
    ['unverified', []],
    ['denied', ['a team=pay']],
    ['conflict', ['a team=pay']],
  ] as const)('of a tag that a put-back of ours left as %s, this came back: %j', async (outcome, expected) => {
    await watch()
    const reverse = await writeSettledRemoval(store, scope, ['a'])
    await store.db.execute(sql`update removals set direction = 'putBack', started_at = now() where id = ${reverse}`)
    await store.db.execute(sql`update item_tags set outcome = ${outcome}
      where item_id in (select id from items where removal_id = ${reverse})`)
    await scan({ a: 'pay' })
    expect(await cameBack()).toEqual(expected)
  })

  test('a scan that had begun before the tag was proved gone says nothing about it', async () => {
    await watch()
    await store.db.execute(sql`update item_tags set proved_at = now() + interval '1 minute'`)
    await scan({ a: 'pay' })
    expect(await cameBack()).toEqual([])
  })

  test('nobody looks without a watch, once it is ended, once its seven days are over, or for somebody else', async () => {
    await scan({ a: 'pay' })
    await watch(false)
    expect((await read()).watch).toBeNull()
    await watch()
    await scan({ a: 'pay' }, { of: 'another:scope' })
    await watch(false)
    await scan({ a: 'pay' })
    await watch()
    await store.db.execute(sql`update removals set watch_until = watch_until - interval '7 days'`)
    await scan({ a: 'pay' })
    expect(await cameBack()).toEqual([])
    expect((await read()).watch).toMatchObject({ isOver: true, lookedAt: null })
  })

  test('a scan counts as a look only when it was of every Region and service that the removal touched', async () => {
    await watch()
    await scan({}, { region: 'us-east-1' })
    expect((await read()).watch).toMatchObject({ isOver: false, lookedAt: null })
    await scan({})
    expect((await read()).watch?.lookedAt).toEqual(expect.any(String))
  })

  test('only removals of one’s own that have settled can be watched', async () => {
    const foreign = { store, scope: 'another:scope', by: ada }
    await expect(watchRemoval(foreign, { removalId, watch: true })).rejects.toMatchObject({ code: 'notFound' })
    for (const change of [sql`direction = 'putBack'`, sql`state = 'running'`]) {
      await store.db.execute(sql`update removals set ${change}`)
      await expect(watch()).rejects.toMatchObject({ code: 'wrongState' })
    }
  })

  test('nor one whose old values were purged: a scan would keep what came back for ever', async () => {
    await purgeRemoval({ store, scope, by: ada }, { removalId })
    await expect(watch()).rejects.toMatchObject({ code: 'wrongState' })
  })
})

describe('with AWS', () => {
  const OLD = 'a value that nobody else has'
  const stage = onThreeSecrets('pglite')

  /** The tables in which the old value stands somewhere. */
  async function tablesWithValue(): Promise<string[]> {
    const { db } = stage.bench.store
    const { rows } = await db.execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    const found: string[] = []
    for (const { name } of rows) {
      const some = sql`select 1 from ${sql.identifier(name)} t where t::text like ${`%${OLD}%`} limit 1`
      if ((await db.execute(some)).rows.length > 0) found.push(name)
    }
    return found.sort()
  }

  test('a removed tag that came back is seen by the next scan; what is purged stands nowhere any more', async () => {
    const { bench, arns } = stage
    const [a = ''] = arns
    for (const arn of arns) await bench.sandbox.putTag(arn, 'team', OLD)
    const tags = [{ key: 'team', onlyValues: [OLD] }]
    const { removalId } = await bench.start({ ...request(arns), tags })
    await bench.drainWithoutWaiting()
    await watchRemoval(bench.ports, { removalId, watch: true })
    await bench.sandbox.putTag(a, 'team', 'new')
    const { snapshotId } = await startScan(bench.ports, { regions: ['eu-central-1'] })
    await runScan(bench.ports, { snapshotId, signal: new AbortController().signal })
    expect(await cameBackOf(bench.store, bench.scope, removalId)).toEqual(['a team=new'])
    const [item] = (
      await listRemovalItems(bench.store, bench.scope, removalId, { outcome: 'all', text: '', page: 1, size: 1 })
    ).rows
    expect(item?.tags).toMatchObject([{ answeredAt: expect.any(String), provedAt: expect.any(String) }])

    expect(await tablesWithValue()).toEqual(['item_tags', 'plan_items', 'plans'])
    await purgeRemoval(bench.ports, { removalId })
    expect(await tablesWithValue()).toEqual([])
    expect(await cameBackOf(bench.store, bench.scope, removalId)).toEqual(['a team=null'])
  })
})
