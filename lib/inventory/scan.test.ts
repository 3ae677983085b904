import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { ada } from '../audit/testing.ts'
import { type Aws, openAws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Resource } from '../resource.ts'
import { defaultView } from '../resources-view.ts'
import { snapshots } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { queryResources } from './query.ts'
import { insertResources } from './resource-rows.ts'
import { resumeScans, runScan, startScan } from './scan.ts'
import { type InventoryStatus, readInventory } from './status.ts'
import { testResource } from './testing.ts'

let sandbox: Sandbox
let store: Store
let aws: Aws
const enqueued: string[] = []
const queue: Pick<Queue, 'enqueue'> = {
  async enqueue(_name, key) {
    enqueued.push(key)
  },
}
const endless = new AbortController().signal

beforeAll(async () => {
  sandbox = await startSandbox()
  for (const [name, value] of Object.entries(sandbox.env)) vi.stubEnv(name, value)
  store = await openTestStore()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await store.close()
  await sandbox.stop()
})
beforeEach(async () => {
  await store.db.delete(snapshots)
  enqueued.length = 0
  aws = openAws()
})

const north = 'eu-north-1'
const west = 'eu-west-1'

/** Scans what the sandbox holds and answers what is shown then. */
async function scan(regions: string[] = [north, west]): Promise<{ status: InventoryStatus; rows: Resource[] }> {
  const identity = await readIdentity(aws)
  const { snapshotId } = await startScan({ store, queue, scope: identity.scope, by: ada }, { regions })
  await runScan({ store, aws }, { snapshotId, signal: endless })
  return shown(identity.scope)
}

async function shown(scope: string) {
  const { rows } = await queryResources(store, scope, { ...defaultView, size: 100 })
  return { status: await readInventory(store, scope), rows: rows.map(({ ineligible: _, ...row }) => row) }
}

const customers = (rows: Resource[]) => rows.filter(({ manager }) => manager !== 'AWS')
const laneOf = ({ regions }: InventoryStatus, region: string, type: string) =>
  regions.find((lane) => lane.region === region && lane.type === type)

describe('what a scan finds', () => {
  test('a key: named by its first alias, with its tags in order', async () => {
    const tags = { Owner: 'ada', env: '' }
    const { arns } = await sandbox.reset({
      exactly: [{ type: 'key', region: north, alias: 'alias/pay/db', description: 'Pay', tags }],
    })
    const { rows } = await scan()
    expect(customers(rows)).toEqual([
      {
        arn: arns[0],
        type: 'key',
        account: '111122223333',
        region: north,
        name: 'pay/db',
        aliases: ['pay/db'],
        description: 'Pay',
        state: 'Enabled',
        manager: 'customer',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        deletionAt: null,
        primaryRegion: null,
        siblings: [],
        kmsKeyId: null,
        tags: [
          { key: 'Owner', value: 'ada' },
          { key: 'env', value: '' },
        ],
        problem: null,
      },
    ])
  })

  test.each(['a\0b', 'half \ud83d'])('a tag with %j is the problem of its resource alone', async (text) => {
    const { arns } = await sandbox.reset({
      exactly: [
        { type: 'key', region: north, alias: 'alias/bad', tags: { [text]: '1' } },
        { type: 'secret', region: north, name: 'bad', tags: { a: text } },
        { type: 'key', region: north, alias: 'alias/good', tags: { a: '1' } },
        { type: 'secret', region: north, name: 'good', tags: { a: '1' } },
      ],
    })
    const { rows, status } = await scan([north])
    const problem = { code: 'invalidTag', message: expect.stringContaining('cannot be stored') }
    const expected = arns.map((_, at) => (at < 2 ? { tags: null, problem } : { tags: [{ key: 'a' }], problem: null }))
    expect(arns.map((arn) => rows.find((row) => row.arn === arn))).toMatchObject(expected)
    expect([laneOf(status, north, 'key'), laneOf(status, north, 'secret')]).toMatchObject([
      { state: 'complete', problem: null },
      { state: 'complete', problem: null },
    ])
  })

  test.each([
    { rule: 'without alias a key goes by its description', description: 'Pay', name: 'Pay' },
    { rule: 'without both it goes by its id', description: '', name: /^[0-9a-f-]{36}$/ },
  ])('$rule', async ({ description, name }) => {
    await sandbox.reset({ exactly: [{ type: 'key', region: north, description }] })
    const { rows } = await scan()
    expect(customers(rows).map((row) => row.name)).toEqual([expect.stringMatching(name)])
  })

  test('the relatives of a multi-Region key, each with tags of its own', async () => {
    await sandbox.reset({ exactly: [{ type: 'key', region: north, replicaRegions: [west], tags: { a: '1' } }] })
    const replica = (await sandbox.resources()).find(({ region, manager }) => region === west && manager !== 'AWS')
    await sandbox.deleteTag(replica?.arn ?? '', 'a')
    const { rows } = await scan()
    const [primary, other] = customers(rows).sort((one) => (one.region === north ? -1 : 1))
    expect([primary?.siblings, other?.siblings]).toEqual([[other?.arn], [primary?.arn]])
    expect([primary?.tags, other?.tags]).toEqual([[{ key: 'a', value: '1' }], []])
  })

  test('a replicated secret: the replica knows its primary, the primary its replicas', async () => {
    await sandbox.reset({ exactly: [{ type: 'secret', name: 'db', region: north, replicaRegions: [west] }] })
    const { rows } = await scan()
    const [primary, replica] = rows
      .filter(({ type }) => type === 'secret')
      .sort((one) => (one.region === north ? -1 : 1))
    expect(primary).toMatchObject({ primaryRegion: null, siblings: [replica?.arn] })
    expect(replica).toMatchObject({ primaryRegion: north, siblings: [primary?.arn] })
  })

  test('which key encrypts a secret, where it is one of the account', async () => {
    await sandbox.reset({
      exactly: [
        { type: 'key', region: north, alias: 'alias/own' },
        { type: 'secret', name: 'own', region: north, kmsKeyId: 'alias/own' },
        { type: 'secret', name: 'plain', region: north },
      ],
    })
    const { rows } = await scan()
    const secrets = rows.filter(({ type }) => type === 'secret').map(({ name, kmsKeyId }) => [name, kmsKeyId])
    expect(secrets).toEqual([
      ['own', 'alias/own'],
      ['plain', null],
    ])
  })

  test('secrets marked for deletion, and whom a secret belongs to', async () => {
    await sandbox.reset({
      exactly: [
        { type: 'secret', name: 'gone', region: north, isDeleted: true, tags: { a: '1' } },
        { type: 'secret', name: 'rds!db', region: north, owningService: 'rds' },
      ],
    })
    const { rows } = await scan()
    const secrets = rows.filter(({ type }) => type === 'secret')
    expect(secrets).toMatchObject([
      { name: 'gone', state: 'PendingDeletion', manager: 'customer', deletionAt: expect.any(String) },
      { name: 'rds!db', state: 'Enabled', manager: 'rds' },
    ])
  })

  test('listings longer than a page', async () => {
    const keys = Array.from({ length: 130 }, (_, n) => ({ type: 'key', region: north, alias: `alias/k${n}` }) as const)
    const secrets = Array.from({ length: 230 }, (_, n) => ({ type: 'secret', region: north, name: `s${n}` }) as const)
    await sandbox.reset({ exactly: [...keys, ...secrets] })
    const { status } = await scan([north])
    const { rows } = await queryResources(store, (await readIdentity(aws)).scope, {
      ...defaultView,
      filter: { operation: 'and', tokens: [{ property: 'text', operator: '=', value: 'k129' }] },
    })
    expect(rows.map(({ name }) => name)).toEqual(['k129'])
    expect(status.snapshot).toMatchObject({ secrets: 230 })
    expect(laneOf(status, north, 'secret')).toMatchObject({ state: 'complete', listed: 230, done: 230 })
    const pages = await sandbox.calls({ operation: 'secretsmanager:ListSecrets' })
    expect(pages).toHaveLength(3)
  })

  test('the tags of AWS managed keys are never asked for, and their being unknown is no problem', async () => {
    await sandbox.reset({ resources: 20, regions: 2 })
    const { rows, status } = await scan([])
    const managed = rows.filter(({ manager }) => manager === 'AWS')
    expect(managed.length).toBeGreaterThan(0)
    expect(managed.every(({ tags, problem }) => tags === null && problem === null)).toBe(true)
    expect(status.snapshot?.problems).toBe(0)
    expect(await sandbox.calls({ operation: 'kms:ListResourceTags', outcome: 'AccessDeniedException' })).toEqual([])
  })
})

test('after a scan the embedded database knows how many rows it has, and plans with that', async () => {
  await sandbox.reset({ exactly: [{ type: 'key', region: north }] })
  const { rows } = await scan()
  const known = await store.db.execute(sql`select reltuples from pg_class where oid = 'resources'::regclass`)
  expect(known.rows).toEqual([{ reltuples: rows.length }])
})

describe('what goes wrong is said in its place, and the rest goes on', () => {
  const both = [
    { type: 'key', region: north, tags: { a: '1' } },
    { type: 'key', region: west, tags: { a: '1' } },
    { type: 'secret', region: north, name: 'n' },
    { type: 'secret', region: west, name: 'w' },
  ] as const

  test.each([
    { rule: 'a Region that does not answer', kind: 'regionDown', code: 'unreachable' },
    { rule: 'a Region behind a sign-in page', kind: 'html', code: 'notAws' },
    { rule: 'a listing that is denied', kind: 'denied', code: 'denied' },
  ] as const)('$rule', async ({ kind, code }) => {
    await sandbox.reset({ exactly: [...both] })
    await sandbox.faults({ operation: 'kms:ListKeys', region: north, kind })
    const { status, rows } = await scan()
    expect(laneOf(status, north, 'key')).toMatchObject({ state: 'failed', problem: { code } })
    expect(laneOf(status, north, 'secret')).toMatchObject({ state: 'complete', done: 1, problem: null })
    expect(
      customers(rows)
        .map(({ region, type }) => `${region} ${type}`)
        .sort(),
    ).toEqual([`${north} secret`, `${west} key`, `${west} secret`])
  })

  test('a Region that is not enabled', async () => {
    await sandbox.reset({ exactly: [...both] })
    const { status } = await scan([north, 'me-south-1'])
    expect(laneOf(status, 'me-south-1', 'key')).toMatchObject({ state: 'failed', problem: { code: 'regionDisabled' } })
    expect(laneOf(status, north, 'key')).toMatchObject({ state: 'complete' })
  })

  test.each([
    { action: 'kms:DescribeKey', known: { state: 'unknown', manager: 'unknown' } },
    { action: 'kms:ListResourceTags', known: { state: 'Enabled', manager: 'customer' } },
  ])('a key for which $action is denied', async ({ action, known }) => {
    const { arns } = await sandbox.reset({ exactly: [...both] })
    await sandbox.settings({ denied: [{ action, resource: arns[0] ?? '' }] })
    const { status, rows } = await scan()
    const denied = { code: 'denied', message: expect.stringContaining(action) }
    expect(rows.find(({ arn }) => arn === arns[0])).toMatchObject({ ...known, tags: null, problem: denied })
    expect(rows.find(({ arn }) => arn === arns[1])).toMatchObject({ tags: [{ key: 'a', value: '1' }], problem: null })
    expect(status.snapshot?.problems).toBe(1)
    expect(laneOf(status, north, 'key')).toMatchObject({ state: 'complete', problem: null })
  })

  test('aliases that may not be listed: keys go by their descriptions, and the Region says why', async () => {
    await sandbox.reset({ exactly: [{ type: 'key', region: north, alias: 'alias/pay', description: 'Pay' }] })
    await sandbox.settings({ denied: [{ action: 'kms:ListAliases' }] })
    const { status, rows } = await scan([north])
    expect(customers(rows).map(({ name }) => name)).toEqual(['Pay'])
    expect(laneOf(status, north, 'key')).toMatchObject({ state: 'complete', problem: { code: 'denied' } })
  })

  test('enabled Regions that may not be asked: all known ones are tried, and a note says so', async () => {
    await sandbox.reset({ exactly: [...both] })
    await sandbox.settings({ denied: [{ action: 'account:ListRegions' }] })
    const { status, rows } = await scan([])
    expect(customers(rows)).toHaveLength(4)
    expect(status.notes).toEqual([expect.stringContaining('account:ListRegions')])
  })

  test('a key deleted between the listing and its turn is no row', async () => {
    const { arns } = await sandbox.reset({ exactly: [...both] })
    const deleted = arns[0] ?? ''
    aws.kms(north).middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'DescribeKeyCommand') await sandbox.deleteResource(deleted).catch(() => {})
          return next(args)
        },
      { step: 'initialize' },
    )
    const { rows, status } = await scan()
    expect(rows.some(({ arn }) => arn === deleted)).toBe(false)
    expect(laneOf(status, north, 'key')).toMatchObject({ state: 'complete', problem: null })
    expect(status.snapshot?.problems).toBe(0)
  })

  test('throttles of AWS surface nowhere', async () => {
    await sandbox.reset({ exactly: [...both] })
    await sandbox.faults({ operation: 'kms:DescribeKey', kind: 'throttle', count: 2 })
    const { status } = await scan()
    expect(status.snapshot?.problems).toBe(0)
    expect(await sandbox.calls({ operation: 'kms:DescribeKey', outcome: 'ThrottlingException' })).toHaveLength(2)
  })
})

describe('which snapshot is shown', () => {
  const one = { type: 'secret', region: north, name: 'one' } as const

  test('credentials that expire half-way end the scan with the remedy; the former snapshot stays', async () => {
    await sandbox.reset({ exactly: [one] })
    await scan([north])
    await sandbox.reset({ exactly: [one, { ...one, name: 'two' }] })
    await sandbox.faults({ operation: 'secretsmanager:ListSecrets', region: west, kind: 'expired' })
    const { status, rows } = await scan()
    expect(status.scan).toMatchObject({
      state: 'failed',
      problem: { code: 'credentialsExpired', message: expect.stringContaining('AWS_ACCESS_KEY_ID') },
    })
    expect(rows.map(({ name }) => name)).toEqual(['one'])
  })

  test('a scan that could read nothing at all is failed, and the next good one replaces both', async () => {
    await sandbox.reset({ exactly: [one] })
    const { status: first } = await scan([north])
    await sandbox.faults({ operation: '*', region: north, kind: 'denied' })
    const { status: second } = await scan([north])
    expect(second.scan).toMatchObject({ state: 'failed', problem: { code: 'denied' } })
    expect(second.snapshot?.id).toBe(first.snapshot?.id)
    await sandbox.faults()
    const { status: third } = await scan([north])
    expect(third.scan).toBeNull()
    expect(third.snapshot?.id).not.toBe(first.snapshot?.id)
    expect(await store.db.$count(snapshots)).toBe(1)
  })

  test('a second start joins the scan that runs', async () => {
    const identity = await readIdentity(aws)
    const starts = await Promise.all(
      Array.from({ length: 10 }, () => startScan({ store, queue, scope: identity.scope, by: ada })),
    )
    expect(new Set(starts.map(({ snapshotId }) => snapshotId)).size).toBe(1)
    expect(await store.db.$count(snapshots)).toBe(1)
  })

  test('after a killed process the scan is enqueued again and starts from a clean snapshot', async () => {
    await sandbox.reset({ exactly: [one] })
    const identity = await readIdentity(aws)
    const { snapshotId } = await startScan({ store, queue, scope: identity.scope, by: ada }, { regions: [north] })
    await insertResources(store, snapshotId, [testResource(1, { name: 'left over' })])
    enqueued.length = 0
    await resumeScans({ store, queue })
    expect(enqueued).toEqual([identity.scope])
    await runScan({ store, aws }, { snapshotId, signal: endless })
    expect((await shown(identity.scope)).rows.map(({ name }) => name)).toEqual(['one'])
  })

  test('a scan that is stopped stays unfinished, and nothing of it is shown', async () => {
    const identity = await readIdentity(aws)
    const { snapshotId } = await startScan({ store, queue, scope: identity.scope, by: ada }, { regions: [north] })
    const stopped = AbortSignal.abort(new Error('the console stops'))
    await expect(runScan({ store, aws }, { snapshotId, signal: stopped })).rejects.toThrow('the console stops')
    const [snapshot] = await store.db.select().from(snapshots).where(eq(snapshots.id, snapshotId))
    expect(snapshot?.state).toBe('scanning')
    expect((await shown(identity.scope)).status).toMatchObject({ snapshot: null, scan: { state: 'scanning' } })
  })

  test('another identity does not read into a snapshot that is not its own', async () => {
    const { snapshotId } = await startScan({ store, queue, by: ada, scope: '111122223333:AROAOTHER' })
    await runScan({ store, aws }, { snapshotId, signal: endless })
    const { status } = await shown('111122223333:AROAOTHER')
    expect(status.scan).toMatchObject({ state: 'failed', problem: { code: 'otherIdentity' } })
  })

  test.each(['', 'eu-central', 'evil.example.com/#', 'EU-CENTRAL-1'])(
    '`%s` is not the name of a Region',
    async (region) => {
      const identity = await readIdentity(aws)
      await expect(
        startScan({ store, queue, scope: identity.scope, by: ada }, { regions: [region] }),
      ).rejects.toMatchObject({
        code: 'invalidInput',
      })
      expect(await store.db.$count(snapshots)).toBe(0)
    },
  )
})
