import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { withoutPace } from '../aws/testing.ts'
import { type Bench, openBench, request } from '../removal/testing.ts'
import { principalReadings } from '../store/schema.ts'
import { changesOf } from './changes-of.ts'
import { type AffectedView, listAffected } from './list-affected.ts'
import { requestLookUp, runLookUp } from './look-up-use.ts'
import type { ImpactRef } from './require-impact.ts'
import { newestImpact } from './thread/testing.ts'

withoutPace()

const signal = new AbortController().signal
const everybody: AffectedView = { show: 'all', unusedDays: null, text: '', page: 1, size: 25 }
let bench: Bench
let arns: Map<string, string>
beforeAll(async () => {
  bench = await openBench()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await bench.close()
})
// The demo's company, whose roles have habits.
beforeEach(async () => {
  await bench.sandbox.reset({ quotas: 'off' })
  arns = new Map((await bench.sandbox.resources()).map(({ name, arn }) => [name, arn]))
  await bench.store.db.execute(sql`truncate evidence`)
  await bench.store.db.delete(principalReadings)
})

const keyName = 'alias/payouts'
const secretName = 'mobile/push/fcm-key'

async function analysed(): Promise<ImpactRef> {
  const planId = await bench.prepare(
    request(
      [keyName, secretName].map((name) => arns.get(name) ?? ''),
      'owner',
    ),
  )
  await bench.sandbox.clearCalls()
  return { planId, impactId: await newestImpact(bench.store, planId) }
}
async function lookedUp(ref: ImpactRef) {
  await requestLookUp(bench.ports, ref)
  await runLookUp(bench.ports, ref.impactId, signal)
  return listAffected(bench.store, bench.scope, ref, everybody)
}
const on = async (ref: ImpactRef, name: string) =>
  changesOf(bench.store, bench.scope, ref, { arn: arns.get(name) ?? '' })
const lookups = () => bench.sandbox.calls({ operation: 'cloudtrail:LookupEvents' })

test('who of the affected used what, and when, is told with them and with the resource', async () => {
  const ref = await analysed()
  const before = await listAffected(bench.store, bench.scope, ref, everybody)
  expect(before).toMatchObject({ useLookUp: null })
  expect(before.rows.map(({ lastUse }) => lastUse)).toEqual(before.rows.map(() => null))

  const { rows, useLookUp } = await lookedUp(ref)
  expect(useLookUp).toEqual({ state: 'done', calls: expect.any(Number), resources: 2, unfinished: 0, problems: [] })
  const batch = rows.find(({ name }) => name === 'settlement-batch')
  expect(batch?.lastUse).toEqual({
    action: 'kms:Decrypt',
    at: expect.stringMatching(/^20.*Z$/),
    arn: arns.get(keyName),
    name: expect.any(String),
  })
  const key = await on(ref, keyName)
  expect(key.use?.keyUsage).toMatchObject({ value: { last: { action: 'kms:Decrypt' } } })
  expect(key.use?.history.uses[0]).toMatchObject({ action: 'kms:Decrypt' })
  expect(key.principals.find(({ name }) => name === 'settlement-batch')?.lastUse?.action).toBe('kms:Decrypt')
  expect((await on(ref, secretName)).use?.keyUsage).toBeNull()
})

test('what was looked up within the hour is not looked up again', async () => {
  const ref = await analysed()
  await lookedUp(ref)
  expect((await lookups()).length).toBeGreaterThan(0)
  await bench.sandbox.clearCalls()
  await lookedUp(await analysed())
  expect(await lookups()).toEqual([])

  await bench.store.db.execute(sql`update evidence set read_at = read_at - interval '2 hours'`)
  await lookedUp(ref)
  expect((await lookups()).length).toBeGreaterThan(0)
})

test('a denial is told once, with what is missing', async () => {
  const ref = await analysed()
  await bench.sandbox.settings({ denied: [{ action: 'cloudtrail:LookupEvents' }] })
  const { useLookUp, rows } = await lookedUp(ref)
  expect(useLookUp).toMatchObject({
    state: 'done',
    problems: [{ code: 'denied', message: expect.stringContaining('cloudtrail:LookupEvents') }],
  })
  expect(rows.map(({ lastUse }) => lastUse)).toEqual(rows.map(() => null))
  expect((await on(ref, keyName)).use?.keyUsage).toMatchObject({ value: { last: { action: 'kms:Decrypt' } } })
})

test('a look-up that cannot be made says why, and can be asked for again', async () => {
  const ref = await analysed()
  await bench.sandbox.expireCredentials()
  const failed = await lookedUp(ref)
  expect(failed.useLookUp).toMatchObject({ state: 'failed', problems: [{ code: 'credentialsExpired' }] })
  await bench.sandbox.renewCredentials()
  expect((await lookedUp(ref)).useLookUp).toMatchObject({ state: 'done' })
})

test('a look-up is made once however often it is asked for, and not for somebody else', async () => {
  const ref = await analysed()
  await lookedUp(ref)
  await bench.sandbox.clearCalls()
  await runLookUp(bench.ports, ref.impactId, signal)
  expect(await bench.sandbox.calls()).toEqual([])
  const stranger = requestLookUp({ ...bench.ports, scope: 'somebody/else' }, ref)
  await expect(stranger).rejects.toMatchObject({ code: 'notFound' })
})
