import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Resource } from '../resource.ts'
import { defaultView } from '../resources-view.ts'
import { snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import type { Tag } from '../tag.ts'
import { SEED } from '../testing.ts'
import { readFacets, readSelectionTags, readTagKeys } from './facets.ts'
import { noteTags } from './note-tags.ts'
import { queryResources } from './query.ts'
import { emptySnapshot, insertResources } from './resource-rows.ts'
import { completeNow } from './snapshot.ts'
import { readInventory } from './status.ts'
import { storeSnapshot, TEST_SCOPE, testResource } from './testing.ts'

const tag = (key: string, value: string) => ({ key, value })

describe.each(dialects)('what is counted on %s is what there is', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(async () => {
    await store.close()
  })
  beforeEach(async () => {
    await store.db.delete(snapshots)
  })

  async function beginSnapshot(): Promise<string> {
    const [begun] = await store.db.insert(snapshots).values({ scope: TEST_SCOPE, state: 'scanning' }).returning()
    return begun?.id ?? ''
  }

  async function counted() {
    const { rows } = await store.db.execute(sql`
      select snapshot_id, key, value, type, resources from tag_uses where resources <> 0 order by 1, 2, 3, 4`)
    return rows
  }

  /** The same, looked for in each resource. */
  async function recounted() {
    const { rows } = await store.db.execute(sql`
      select snapshot_id, tag.key, tag.value, type, count(*)::int as resources
      from resources, jsonb_each_text(tags) tag group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
    return rows
  }

  const tags = fc.option(
    fc.uniqueArray(fc.record({ key: fc.constantFrom('a', 'B', 'é'), value: fc.constantFrom('', 'x', 'y') }), {
      selector: ({ key }) => key,
    }),
    { freq: 6 },
  )
  const number = fc.nat({ max: 2 })
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ insert: fc.array(fc.record({ number, tags }), { minLength: 1, maxLength: 6 }) }),
    },
    { weight: 5, arbitrary: fc.record({ note: fc.record({ number, tags }) }) },
    { weight: 1, arbitrary: fc.constant({ empty: true }) },
  )

  const of = (one: { number: number; tags: Tag[] | null }): Resource =>
    testResource(one.number, { tags: one.tags, type: one.number % 2 ? 'key' : 'secret' })

  test(`after any scan and any reading of tags (seed ${SEED})`, async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await store.db.delete(snapshots)
      const snapshotId = await beginSnapshot()
      for (const each of steps) {
        if ('insert' in each) await insertResources(store, snapshotId, each.insert.map(of))
        else if ('note' in each) await noteTags(store, TEST_SCOPE, of(each.note).arn, each.note.tags ?? [])
        else await emptySnapshot(store, snapshotId)
        expect(await counted()).toEqual(await recounted())
      }
    })
    await fc.assert(property, { seed: SEED, numRuns: 40, endOnFailure: true })
  })

  test('whatever is written at the same time', async () => {
    const snapshotId = await beginSnapshot()
    const keys = ['a', 'b', 'c', 'd']
    const tagsOf = (n: number) => keys.slice(n % 3).map((key) => tag(key, String(n % 5)))
    const found = Array.from({ length: 60 }, (_, n) => testResource(n, { tags: tagsOf(n) }))
    const lanes = [0, 1, 2, 3].map((lane) => found.filter((_, n) => n % 4 === lane))
    await Promise.all([
      ...lanes.map(async (lane) => {
        for (const resource of lane) await insertResources(store, snapshotId, [resource, testResource(0)])
      }),
      ...found.map(({ arn }, n) => noteTags(store, TEST_SCOPE, arn, tagsOf(n + 1).toReversed())),
      ...found.map(({ arn }, n) => noteTags(store, TEST_SCOPE, arn, tagsOf(n + 2))),
    ])
    expect(await counted()).toEqual(await recounted())
  })

  test('a removal shows at once: in the tag keys, their values, the facets, and what is searched', async () => {
    const one = testResource(1, { tags: [tag('Owner', 'ada'), tag('env', 'prod')] })
    await storeSnapshot(store, [one, testResource(2, { tags: [tag('Owner', 'bob')] })])
    await noteTags(store, TEST_SCOPE, one.arn, [tag('env', 'dev')])
    const tagKeys = await readTagKeys(store, TEST_SCOPE)
    expect(tagKeys.map(({ key, resources, topValues }) => ({ key, resources, topValues }))).toEqual([
      { key: 'Owner', resources: 1, topValues: [{ value: 'bob', resources: 1 }] },
      { key: 'env', resources: 1, topValues: [{ value: 'dev', resources: 1 }] },
    ])
    const facets = await readFacets(store, TEST_SCOPE)
    expect(facets.tagKeys.map(({ key, resources }) => `${key} ${resources}`)).toEqual(['Owner 1', 'env 1'])
    const matched = async (value: string) => {
      const tokens = [{ property: 'text', operator: ':', value } as const]
      return (await queryResources(store, TEST_SCOPE, { ...defaultView, filter: { operation: 'and', tokens } })).matched
    }
    expect([await matched('ADA'), await matched('prod'), await matched('Dev')]).toEqual([0, 0, 1])
  })

  test('the last resource of a tag key takes it along', async () => {
    const one = testResource(1, { tags: [tag('Owner', 'ada')] })
    await storeSnapshot(store, [one])
    await noteTags(store, TEST_SCOPE, one.arn, [])
    expect(await readTagKeys(store, TEST_SCOPE)).toEqual([])
    expect((await readFacets(store, TEST_SCOPE)).tagKeys).toEqual([])
  })

  test('the tag keys of the whole snapshot are those of a selection of everything', async () => {
    await storeSnapshot(store, [
      testResource(1, { tags: [tag('a', '1'), tag('b', '1')] }),
      testResource(2, { tags: [tag('a', '1'), tag('b', '2')], type: 'secret' }),
      testResource(3, { tags: null }),
    ])
    const everything = { by: 'filter', filter: defaultView.filter, except: [] } as const
    const { tags } = await readSelectionTags(store, TEST_SCOPE, { ...everything, except: [] })
    const told = tags.map(({ key, resources, distinctValues, values }) => [key, resources, distinctValues, values])
    const rows = await readTagKeys(store, TEST_SCOPE)
    expect(rows.map((row) => [row.key, row.resources, row.distinctValues, row.topValues])).toEqual(told)
  })

  test('a scan that wakes up late adds nothing to what is complete', async () => {
    const snapshotId = await beginSnapshot()
    await insertResources(store, snapshotId, [testResource(1)])
    await store.db.transaction((db) => completeNow(db, snapshotId))
    await insertResources(store, snapshotId, [testResource(2, { type: 'secret', tags: [tag('a', '')] })])
    expect((await readInventory(store, TEST_SCOPE)).snapshot).toMatchObject({ keys: 1, secrets: 0 })
    expect(await queryResources(store, TEST_SCOPE, defaultView)).toMatchObject({ matched: 1, total: 1 })
    expect(await counted()).toEqual([])
  })

  test('a key whose only name is a description of 8192 characters is kept and found', async () => {
    const name = Array.from({ length: 8192 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('')
    await storeSnapshot(store, [testResource(1, { name, description: name }), testResource(2)])
    const tokens = [{ property: 'text', operator: ':', value: name.slice(-9) } as const]
    const { rows } = await queryResources(store, TEST_SCOPE, { ...defaultView, filter: { operation: 'and', tokens } })
    expect(rows.map((row) => row.name)).toEqual([name])
  })
})
