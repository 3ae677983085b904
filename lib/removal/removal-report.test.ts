import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '../audit/testing.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { purgeRemoval } from './purge.ts'
import { type RemovalReport, removalReport, reportAsJson } from './removal-report.ts'
import { writeSettledRemoval } from './testing.ts'

const names = Array.from({ length: 300 }, (_, at) => `secret ${String(at).padStart(3, '0')} "\u2028`)

describe.each(dialects)('on %s', (dialect) => {
  const scope = ada.id
  let store: Store
  let removalId: string
  beforeAll(async () => {
    store = await openTestStore(dialect)
    removalId = await writeSettledRemoval(store, scope, names)
  })
  afterAll(() => store.close())

  async function json(): Promise<{
    pieces: number
    report: RemovalReport & { items: { name: string; tags: object[] }[] }
  }> {
    const pieces: string[] = []
    const made = await removalReport({ store, scope, account: '111122223333' }, removalId)
    for await (const piece of reportAsJson(made)) pieces.push(piece)
    return { pieces: pieces.length, report: JSON.parse(pieces.join('')) }
  }

  test('it holds every item once, by name, and is made in pieces', async () => {
    const { pieces, report } = await json()
    expect(pieces).toBeGreaterThan(3)
    expect(report.items.map(({ name }) => name)).toEqual(names)
    expect(report).toMatchObject({
      format: 'untag-removal-report-1',
      account: '111122223333',
      planReadAt: expect.any(String),
      removal: { id: removalId, planDigest: 'a'.repeat(64), acknowledgements: [{ kind: 'unknown', typed: null }] },
    })
    expect(report.items[0]?.tags).toMatchObject([
      { key: 'team', value: 'pay', outcome: 'removed', requestId: expect.stringMatching(/^request-/) },
    ])
    expect(JSON.stringify(report)).not.toMatch(/salt/i)
  })

  test('it tells nothing that holds for a moment only, neither a pace nor what can be done now', async () => {
    const { removal } = (await json()).report
    expect(removal.items).toEqual({ total: 300, settled: 300 })
    const live =
      /perSecond|perMinute|secondsLeft|measured|pending|claimed|proving|waitMs|waitSeconds|answers|moves|left/i
    const names = JSON.stringify({ ...removal, tags: null }).match(/"\w+":/g) ?? []
    expect(names.filter((name) => live.test(name))).toEqual([])
  })

  test('somebody else’s is not found', async () => {
    const others = removalReport({ store, scope: 'another:scope', account: '999999999999' }, removalId)
    await expect(others).rejects.toMatchObject({ code: 'notFound' })
  })

  test('purged, it is as whole but for the values and the plan', async () => {
    await purgeRemoval({ store, scope, by: ada }, { removalId })
    const { report } = await json()
    expect(report.items).toHaveLength(300)
    expect(report.items[0]?.tags).toMatchObject([{ key: 'team', value: null, outcome: 'removed' }])
    expect([report.planReadAt, report.removal.oldValues.purgedAt]).toEqual([null, expect.any(String)])
  })
})
