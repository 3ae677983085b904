import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuditFilter, defaultAuditView, EVENTS_PER_PAGE } from '../audit-view.ts'
import { items, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { appendEvents, appendToConsole } from './append.ts'
import { eventsAsCsv } from './export-csv.ts'
import { eventPages, listEvents, readEvent } from './list-events.ts'
import { ada } from './testing.ts'

const key = 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000001'
const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:pay/db-AbCdEf'
const bob = { ...ada, id: '111122223333:AROABOB', name: 'arn:aws:sts::111122223333:assumed-role/Auditor/bob' }

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  let mine: string
  let theirs: string

  const begun = async (scope: string) => {
    const digests = { planDigest: '', impactDigest: '', valueSalt: '' }
    const values = { planId: crypto.randomUUID(), scope, direction: 'remove' as const, share: 1, acknowledgements: [] }
    const [removal] = await store.db
      .insert(removals)
      .values({ ...values, ...digests, startedBy: scope })
      .returning()
    return removal?.id ?? ''
  }
  beforeAll(async () => {
    store = await openTestStore(dialect)
    mine = await begun(ada.id)
    theirs = await begun(bob.id)
    await appendToConsole(store.db, { action: 'scan.started', actor: ada })
    await appendToConsole(store.db, { action: 'scan.started', actor: bob })
    const call = { action: 'call.sent', tagKey: 'team', accessKeyId: 'ASIA1' } as const
    await appendEvents(store.db, mine, [
      { action: 'removal.started', details: { share: 1 } },
      { ...call, resource: key },
      { ...call, resource: secret, tagKey: '=cmd()', accessKeyId: 'ASIA2' },
      { action: 'tag.outcome', resource: key, tagKey: 'team', outcome: 'removed', requestId: 'r-1' },
    ])
    await appendEvents(store.db, theirs, [{ ...call, resource: key }])
  })
  afterAll(() => store.close())

  const shown = async (filters: AuditFilter[] = [], of = ada.id) => {
    const { rows, matched } = await listEvents(store, of, { ...defaultAuditView, filters })
    expect(matched).toBe(rows.length)
    return rows.map(({ chain, seq }) => `${chain === mine ? 'mine' : chain === theirs ? 'theirs' : chain}:${seq}`)
  }

  test('everybody sees their own removals and what they or Untag did at the console, newest first', async () => {
    expect(await shown()).toEqual(['mine:4', 'mine:3', 'mine:2', 'mine:1', 'console:1'])
    expect(await shown([], bob.id)).toEqual(['theirs:1', 'console:2'])
    await expect(readEvent(store, bob.id, { chain: mine, seq: 1 })).rejects.toMatchObject({ code: 'notFound' })
    await expect(readEvent(store, bob.id, { chain: 'console', seq: 1 })).rejects.toMatchObject({ code: 'notFound' })
  })

  test('a resource goes by the name that its removal knows', async () => {
    const item = { removalId: mine, arn: key, type: 'key' as const, region: 'eu-central-1', lane: '' }
    await store.db.insert(items).values({ ...item, name: 'alias/pay' })
    const { rows } = await listEvents(store, ada.id, defaultAuditView)
    expect(rows.map(({ resourceName }) => resourceName)).toEqual(['alias/pay', null, 'alias/pay', null, null])
    const { event } = await readEvent(store, ada.id, { chain: mine, seq: 2 })
    expect(event.resourceName).toBe('alias/pay')
    await store.db.delete(items)
  })

  test.each<[filters: AuditFilter[], found: string[]]>([
    [[{ property: 'who', value: 'TagOperator' }], ['console:1']],
    [[{ property: 'who', value: ada.id }], ['mine:4', 'mine:3', 'mine:2', 'mine:1', 'console:1']],
    [[{ property: 'action', value: 'removal.started' }], ['mine:1']],
    [[{ property: 'resource', value: key }], ['mine:4', 'mine:2']],
    [[{ property: 'resource', value: 'PAY/db' }], ['mine:3']],
    [[{ property: 'tagKey', value: 'team' }], ['mine:4', 'mine:2']],
    [[{ property: 'tagKey', value: 'tea' }], []],
    [[{ property: 'outcome', value: 'removed' }], ['mine:4']],
    [[{ property: 'requestId', value: 'r-1' }], ['mine:4']],
    [[{ property: 'address', value: '127.0.0.1' }], ['console:1']],
    [[{ property: 'text', value: '"share"' }], ['mine:1']],
    [[{ property: 'text', value: 'outcome of' }], ['mine:4']],
    [[{ property: 'text', value: '%' }], []],
    [
      [
        { property: 'accessKeyId', value: 'ASIA1' },
        { property: 'accessKeyId', value: 'ASIA2' },
      ],
      ['mine:3', 'mine:2'],
    ],
    [
      [
        { property: 'accessKeyId', value: 'ASIA1' },
        { property: 'resource', value: 'pay' },
      ],
      [],
    ],
  ])('values of one property are alternatives, properties must all hold: %j', async (filters, found) => {
    expect(await shown(filters)).toEqual(found)
  })

  test('a removal is asked for by its id; somebody else’s is empty', async () => {
    expect(await shown([{ property: 'removal', value: mine }])).toHaveLength(4)
    expect(await shown([{ property: 'removal', value: theirs }])).toEqual([])
  })

  test('the first instant counts in, the last one not', async () => {
    const { event } = await readEvent(store, ada.id, { chain: 'console', seq: 1 })
    const within = async (from: string | null, to: string | null) =>
      (await listEvents(store, ada.id, { ...defaultAuditView, from, to })).rows.map(({ chain }) => chain)
    expect(await within(event.at, null)).toContain('console')
    expect(await within(null, event.at)).toEqual([])
    expect((await listEvents(store, ada.id, { ...defaultAuditView, last: '1h' })).matched).toBe(5)
  })

  test('an event is told with whether its hash still holds', async () => {
    const first = await readEvent(store, ada.id, { chain: mine, seq: 1 })
    expect(first).toMatchObject({ isIntact: true, previous: null, next: 2, event: { action: 'removal.started' } })
    // Of the console's chain, the second event is somebody else's.
    await appendToConsole(store.db, { action: 'scan.started', actor: ada })
    expect(await readEvent(store, ada.id, { chain: 'console', seq: 3 })).toMatchObject({ previous: 1, next: null })
    expect(await readEvent(store, ada.id, { chain: mine, seq: 4 })).toMatchObject({ previous: 3, next: null })
  })

  test('a file has every event once, in the order of the page, however many came at the same instant', async () => {
    const many = Array.from({ length: 2500 }, () => ({ action: 'scan.started' as const, actor: bob }))
    const long = await begun(bob.id)
    await appendEvents(store.db, long, many)
    const filters = [{ property: 'removal' as const, value: long }]
    const read = []
    for await (const page of eventPages(store, bob.id, { ...defaultAuditView, filters })) read.push(...page)
    expect(read.map(({ seq }) => seq)).toEqual(many.map((_, at) => many.length - at))
    const last = await listEvents(store, bob.id, { ...defaultAuditView, filters, page: 50 })
    expect(last).toMatchObject({ matched: 2500, rows: { length: EVENTS_PER_PAGE } })
  })

  test('in a spreadsheet no field is a formula', async () => {
    let csv = ''
    for await (const part of eventsAsCsv(eventPages(store, ada.id, defaultAuditView))) csv += part
    expect(csv.startsWith('\ufeffat,chain,seq,action,')).toBe(true)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(7)
    expect(csv).toContain(",'=cmd(),")
  })
})
