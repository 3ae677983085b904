import { DecryptCommand, DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import type { Aws } from '../aws/clients.ts'
import { withoutPace } from '../aws/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { clientsFor } from '../sandbox/testing.ts'
import { evidenceFor, type ResourceEvidence } from './evidence.ts'
import { allowing, operatorOn, TEST_ACCOUNT } from './testing.ts'

withoutPace()

let sandbox: Sandbox
let aws: Aws

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

const lastUseBy = ({ history }: ResourceEvidence, principalArn: string) =>
  history.uses.find((use) => use.principalArn === principalArn)
const roleArn = (name: string) => `arn:aws:iam::${TEST_ACCOUNT}:role/work/${name}`
const app = roleArn('app')
const role = (name: string, ...actions: string[]) =>
  ({ type: 'role', name, path: '/work/', policies: { Own: allowing(actions) } }) as const
const keyIn = (region: string) => ({ type: 'key', region }) as const

async function world(exactly: NonNullable<ResetChange['exactly']>, change: ResetChange = {}) {
  const principals = [role('app', 'kms:*', 'secretsmanager:*'), role('other', 'kms:*')]
  const { arns } = await sandbox.reset({ organization: null, principals, exactly, ...change })
  aws = (await operatorOn(sandbox)).aws
  return arns
}
const evidence = (
  wanted: Parameters<typeof evidenceFor>[1],
  options: Parameters<typeof evidenceFor>[2] = { max: 20 },
) => evidenceFor({ aws, account: TEST_ACCOUNT }, wanted, options)
const lookups = () => sandbox.calls({ operation: 'cloudtrail:LookupEvents' })

test('a role’s use of a key: what CloudTrail saw and what KMS remembers', async () => {
  const [resource = ''] = await world([keyIn('eu-west-1')])
  const { kms } = await clientsFor(sandbox, { role: 'app' }, 'eu-west-1')
  await kms.send(new EncryptCommand({ KeyId: resource, Plaintext: Buffer.from('x') }))
  await kms.send(new DescribeKeyCommand({ KeyId: resource }))
  const { resources, unfinished } = await evidence([{ resource, principalArns: [app, roleArn('other')] }])
  const found = resources.get(resource) as ResourceEvidence
  expect(lastUseBy(found, app)).toMatchObject({ principalArn: app, action: 'kms:DescribeKey' })
  expect(found.history.uses.map(({ action }) => action)).toEqual(['kms:DescribeKey', 'kms:Encrypt'])
  expect(lastUseBy(found, roleArn('other'))).toBeUndefined()
  expect(found.keyUsage).toMatchObject({ value: { last: { action: 'kms:Encrypt' }, isUnused: false } })
  expect(Date.now() - Date.parse(found.history.since ?? '')).toBeGreaterThanOrEqual(90 * 86_400_000)
  expect(unfinished).toEqual([])
})

test('no use since KMS began to count is not “unused”', async () => {
  const [resource = ''] = await world([keyIn('eu-west-2')])
  const { resources } = await evidence([{ resource, principalArns: [app] }])
  expect(resources.get(resource)?.keyUsage).toEqual({
    value: { last: null, trackedSince: expect.stringMatching(/^2026-01-15/), isUnused: false },
  })
})

test('a secret is found by its name as well as by its ARN', async () => {
  const [resource = ''] = await world([{ type: 'secret', region: 'eu-north-1', name: 'pay/db' }])
  const asApp = await clientsFor(sandbox, { role: 'app' }, 'eu-north-1')
  await asApp.secrets.send(new GetSecretValueCommand({ SecretId: 'pay/db' }))
  const { resources } = await evidence([{ resource, principalArns: [app] }])
  const found = resources.get(resource) as ResourceEvidence
  expect(lastUseBy(found, app)).toMatchObject({ action: 'secretsmanager:GetSecretValue' })
  expect(found.keyUsage).toBeNull()
})

test('what was refused or only tried is no use', async () => {
  const [resource = ''] = await world([keyIn('us-east-1')])
  const asked = { KeyId: resource, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT' as const] }
  for (const whom of [{ role: 'app' }, { user: 'grace' }]) {
    const { kms } = await clientsFor(sandbox, whom, 'us-east-1')
    await expect(kms.send(new DecryptCommand(asked))).rejects.toThrow()
  }
  const { resources } = await evidence([{ resource, principalArns: [app] }])
  expect(resources.get(resource)?.history.uses).toEqual([])
})

test('a denial stands in its place, and is asked for once in each Region', async () => {
  const denied = [{ action: 'cloudtrail:LookupEvents' }, { action: 'kms:GetKeyLastUsage' }]
  const regions = ['us-west-1', 'us-west-1', 'us-west-2']
  const arns = await world(regions.map(keyIn), { denied } as ResetChange)
  const { resources, unfinished } = await evidence(arns.map((resource) => ({ resource, principalArns: [app] })))
  for (const { keyUsage, history } of resources.values()) {
    expect(keyUsage).toMatchObject({ problem: { code: 'denied' } })
    expect(history).toMatchObject({ uses: [], since: null, problem: { code: 'denied' } })
  }
  expect(resources.size).toBe(3)
  expect(await lookups()).toHaveLength(2)
  expect(unfinished).toEqual([])
})

test('the number of calls is bounded; what is known goes on where it ended', async () => {
  const [resource = ''] = await world([keyIn('us-east-2')], { quotas: 'off' })
  const call = async (name: string, times: number) => {
    const { kms } = await clientsFor(sandbox, { role: name }, 'us-east-2')
    for (let count = 0; count < times; count++) await kms.send(new DescribeKeyCommand({ KeyId: resource }))
  }
  await call('other', 1)
  await call('app', 60)
  const wanted = [{ resource, principalArns: [app, roleArn('other')] }]
  const first = await evidence(wanted, { max: 1 })
  const seen = first.resources.get(resource) as ResourceEvidence
  expect(lastUseBy(seen, app)).toBeDefined()
  expect(lastUseBy(seen, roleArn('other'))).toBeUndefined()
  expect(first.unfinished).toEqual([resource])
  const second = await evidence(wanted, { max: 1, known: first.resources })
  const found = second.resources.get(resource) as ResourceEvidence
  expect(lastUseBy(found, roleArn('other'))).toBeDefined()
  expect(lastUseBy(found, app)).toEqual(lastUseBy(seen, app))
  expect(second.unfinished).toEqual([])
  expect(await sandbox.calls({ operation: 'kms:GetKeyLastUsage' })).toHaveLength(1)
})

test('what was read to its end is not asked for again', async () => {
  const [resource = ''] = await world([keyIn('ca-central-1')])
  const first = await evidence([{ resource, principalArns: [app] }])
  await sandbox.clearCalls()
  const calls: number[] = []
  const again = { max: 20, known: first.resources, onProgress: (count: number) => void calls.push(count) }
  const second = await evidence([{ resource, principalArns: [app, roleArn('other')] }], again)
  expect(second.resources).toEqual(first.resources)
  expect(calls).toEqual([])
  expect(await sandbox.calls()).toEqual([])
})

test('credentials that end, end it', async () => {
  const [resource = ''] = await world([keyIn('sa-east-1')])
  await sandbox.expireCredentials()
  const asked = evidence([{ resource, principalArns: [app] }])
  await expect(asked).rejects.toMatchObject({ code: 'credentialsExpired' })
})

test('in the demo, the settlement’s nightly use is found among that of the service', async () => {
  await sandbox.reset()
  aws = (await operatorOn(sandbox)).aws
  const { arn: resource = '' } = (await sandbox.resources()).find(({ name }) => name === 'alias/payouts') ?? {}
  const principalArns = ['settlement-batch', 'workloads/payments-service'].map(
    (path) => `arn:aws:iam::${TEST_ACCOUNT}:role/${path}`,
  )
  const { resources } = await evidence([{ resource, principalArns }])
  const uses = principalArns.map((arn) => lastUseBy(resources.get(resource) as ResourceEvidence, arn))
  const hoursAgo = uses.map((use) => Math.round((Date.now() - Date.parse(use?.at ?? '')) / 3_600_000))
  expect(uses.map((use) => use?.action)).toEqual(['kms:Decrypt', 'kms:Decrypt'])
  expect(hoursAgo).toEqual([24, expect.any(Number)])
  expect((await lookups()).map(({ outcome }) => outcome)).toEqual(['OK'])
})
