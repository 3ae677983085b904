import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Resource } from '../resource.ts'
import { defaultView, type ResourcesView, type SortField } from '../resources-view.ts'
import type { Selection } from '../selection.ts'
import { snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { readFacets, readSelectionTags, readTagKeys } from './facets.ts'
import { queryResources } from './query.ts'
import { selectResources } from './selected.ts'
import { readInventory } from './status.ts'
import { storeSnapshot, TEST_SCOPE, testResource } from './testing.ts'

const tag = (key: string, value: string) => ({ key, value })
const everything: Selection = { by: 'filter', filter: defaultView.filter, except: [] }

describe.each(dialects)('the inventory on %s', (dialect) => {
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

  const query = (view: Partial<ResourcesView>) => queryResources(store, TEST_SCOPE, { ...defaultView, ...view })
  const names = async (view: Partial<ResourcesView>) => (await query(view)).rows.map(({ name }) => name)

  describe('a page of resources', () => {
    const sorted: { sort: SortField; changes: Partial<Resource>[]; up: string[]; down: string[] }[] = [
      {
        sort: 'name',
        changes: [{ name: 'b' }, { name: 'C' }, { name: 'A' }],
        up: ['A', 'b', 'C'],
        down: ['C', 'b', 'A'],
      },
      {
        sort: 'state',
        changes: [
          { name: 'x', state: 'Enabled' },
          { name: 'y', state: 'Disabled' },
        ],
        up: ['y', 'x'],
        down: ['x', 'y'],
      },
      {
        sort: 'tags',
        changes: [
          { name: 'two', tags: [tag('a', ''), tag('b', '')] },
          { name: 'none', tags: [] },
          { name: 'unknown', tags: null },
        ],
        up: ['unknown', 'none', 'two'],
        down: ['two', 'none', 'unknown'],
      },
      {
        sort: 'created',
        changes: [
          { name: 'unknown', createdAt: null },
          { name: 'new', createdAt: '2026-05-01T00:00:00.000Z' },
          { name: 'old', createdAt: '2019-05-01T00:00:00.000Z' },
        ],
        up: ['old', 'new', 'unknown'],
        down: ['new', 'old', 'unknown'],
      },
    ]
    test.each(sorted)('sorted by $sort', async ({ sort, changes, up, down }) => {
      await storeSnapshot(
        store,
        changes.map((change, number) => testResource(number, change)),
      )
      expect(await names({ sort })).toEqual(up)
      expect(await names({ sort, descending: true })).toEqual(down)
    })

    test('equal resources keep one order, so that pages hold each of them once', async () => {
      const alike = Array.from({ length: 45 }, (_, number) => testResource(number, { name: 'same' }))
      await storeSnapshot(store, alike.toReversed())
      const pages = await Promise.all([1, 2, 3].map((page) => query({ page, size: 20 })))
      expect(pages.map(({ rows }) => rows.length)).toEqual([20, 20, 5])
      expect(pages.flatMap(({ rows }) => rows.map(({ arn }) => arn))).toEqual(alike.map(({ arn }) => arn))
      expect(pages[0]).toMatchObject({ matched: 45, total: 45 })
    })

    test('a resource comes back as it was stored, with its tags in order and why it is left out', async () => {
      const stored = testResource(1, {
        description: 'with a\0zero and half a pair \ud83d',
        deletionAt: '2026-03-04T05:06:07.000Z',
        state: 'PendingDeletion',
        siblings: ['arn:x'],
        tags: [tag('é', '💡'), tag('__proto__', ''), tag('Owner', 'ada')],
        problem: { code: 'denied', message: 'no' },
      })
      await storeSnapshot(store, [stored])
      const { rows } = await query({})
      const tags = [tag('Owner', 'ada'), tag('__proto__', ''), tag('é', '💡')]
      expect(rows).toEqual([
        { ...stored, description: 'with azero and half a pair \ufffd', tags, ineligible: 'pendingDeletion' },
      ])
    })

    test('a filter counts what matches beside what there is', async () => {
      await storeSnapshot(store, [testResource(1), testResource(2, { type: 'secret' })])
      const tokens = [{ property: 'type', operator: '=', value: 'secret' } as const]
      expect(await query({ filter: { operation: 'and', tokens } })).toMatchObject({ matched: 1, total: 2 })
    })

    test.each([
      { page: 1, size: 20, rows: 20 },
      { page: 2, size: 20, rows: 20 },
      { page: 3, size: 20, rows: 5 },
      { page: 4, size: 20, rows: 0 },
      { page: 1, size: 50, rows: 45 },
    ] as const)(
      '45 that match are counted on page $page of $size, where there are $rows',
      async ({ rows, ...place }) => {
        const secrets = Array.from({ length: 45 }, (_, number) => testResource(number, { type: 'secret' }))
        await storeSnapshot(store, [...secrets, testResource(46)])
        const tokens = [{ property: 'type', operator: '=', value: 'secret' } as const]
        const found = await query({ ...place, filter: { operation: 'and', tokens } })
        expect(found).toMatchObject({ matched: 45, total: 46 })
        expect(found.rows).toHaveLength(rows)
      },
    )

    test('nobody sees what another scope found, and nothing before the first scan', async () => {
      await storeSnapshot(store, [testResource(1)], '111122223333:AROAOTHER')
      expect(await query({})).toEqual({ rows: [], matched: 0, total: 0 })
      expect(await selectResources(store, TEST_SCOPE, everything)).toEqual([])
      expect(await readTagKeys(store, TEST_SCOPE)).toEqual([])
      expect(await readInventory(store, TEST_SCOPE)).toEqual({ snapshot: null, scan: null, regions: [], notes: [] })
    })
  })

  describe('selections', () => {
    test('chosen ARNs that the snapshot does not hold are left out', async () => {
      const [one, two] = [testResource(1), testResource(2)]
      await storeSnapshot(store, [one])
      expect(await selectResources(store, TEST_SCOPE, { by: 'arns', arns: [one.arn, two.arn] })).toEqual([one])
    })

    test('all that match a filter, except some', async () => {
      const found = [testResource(1), testResource(2), testResource(3, { type: 'secret' })]
      await storeSnapshot(store, found)
      const tokens = [{ property: 'type', operator: '=', value: 'key' } as const]
      const selection: Selection = { by: 'filter', filter: { operation: 'and', tokens }, except: [found[0]?.arn ?? ''] }
      expect(await selectResources(store, TEST_SCOPE, selection)).toEqual([found[1]])
    })

    test('their tags with counts and values, and how many cannot take part', async () => {
      await storeSnapshot(store, [
        testResource(1, { tags: [tag('Owner', 'ada'), tag('aws:x', '1')] }),
        testResource(2, { tags: [tag('Owner', 'ada')] }),
        testResource(3, { tags: [tag('Owner', ''), tag('password', 'x')], state: 'PendingDeletion' }),
        testResource(4, { tags: null, manager: 'AWS' }),
        testResource(5, { type: 'secret', manager: 'rds', region: 'us-east-1' }),
        testResource(6, { type: 'secret', manager: 'rds', region: 'us-west-2' }),
      ])
      const { resources, ineligible, tags } = await readSelectionTags(store, TEST_SCOPE, everything)
      expect(resources).toBe(6)
      expect(new Set(ineligible)).toEqual(
        new Set([
          { reason: 'pendingDeletion', resources: 1 },
          { reason: 'awsManaged', resources: 1 },
          { reason: 'serviceOwned', resources: 2 },
        ]),
      )
      const plain = { reserved: false, sensitive: false, distinctValues: 1 }
      expect(tags).toEqual([
        {
          ...plain,
          key: 'Owner',
          resources: 3,
          distinctValues: 2,
          values: [
            { value: 'ada', resources: 2 },
            { value: '', resources: 1 },
          ],
        },
        { ...plain, key: 'aws:x', resources: 1, reserved: true, values: [{ value: '1', resources: 1 }] },
        { ...plain, key: 'password', resources: 1, sensitive: true, values: [{ value: 'x', resources: 1 }] },
      ])
    })

    test('of many values the 100 most used are told, and how many there are', async () => {
      const found = Array.from({ length: 150 }, (_, number) =>
        testResource(number, { tags: [tag('id', `v${number}`)] }),
      )
      await storeSnapshot(store, [...found, testResource(151, { tags: [tag('id', 'v149')] })])
      const { tags } = await readSelectionTags(store, TEST_SCOPE, everything)
      expect(tags[0]).toMatchObject({ resources: 151, distinctValues: 150 })
      expect(tags[0]?.values).toHaveLength(100)
      expect(tags[0]?.values[0]).toEqual({ value: 'v149', resources: 2 })
    })
  })

  test('tag keys with their likely slips of spelling', async () => {
    await storeSnapshot(store, [
      testResource(1, { tags: [tag('Owner', 'ada'), tag('env', 'a')] }),
      testResource(2, { tags: [tag('Owner', 'bob')], type: 'secret' }),
      testResource(3, { tags: [tag('OWNER ', 'ada')] }),
    ])
    const rows = await readTagKeys(store, TEST_SCOPE)
    expect(rows.map(({ key, variants }) => ({ key, variants }))).toEqual([
      { key: 'Owner', variants: ['OWNER '] },
      { key: 'OWNER ', variants: ['Owner'] },
      { key: 'env', variants: [] },
    ])
    expect(rows[0]).toMatchObject({ resources: 2, keys: 1, secrets: 1, distinctValues: 2 })
  })

  test('what can be filtered by', async () => {
    await storeSnapshot(store, [
      testResource(1, { tags: [tag('b', ''), tag('a', '')] }),
      testResource(2, {
        type: 'secret',
        region: 'us-east-1',
        manager: 'rds',
        tags: [tag('b', '')],
        state: 'PendingDeletion',
      }),
    ])
    expect(await readFacets(store, TEST_SCOPE)).toEqual({
      regions: ['eu-central-1', 'us-east-1'],
      states: ['Enabled', 'PendingDeletion'],
      managers: ['customer', 'rds'],
      tagKeys: [
        { key: 'b', resources: 2 },
        { key: 'a', resources: 1 },
      ],
    })
  })
})
