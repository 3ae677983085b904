import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { type Aws, openAws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import { readResourceDetail } from './detail.ts'

let sandbox: Sandbox
let ports: { aws: Aws; identity: Identity }
const region = 'eu-north-1'
const exactly: NonNullable<Parameters<Sandbox['reset']>[0]>['exactly'] = [
  { type: 'key', region, alias: 'alias/pay', tags: { b: '2', a: '1' }, replicaRegions: ['eu-west-1'] },
  { type: 'secret', region, name: 'pay/db', tags: { a: '1' } },
]

beforeAll(async () => {
  sandbox = await startSandbox()
  for (const [name, value] of Object.entries(sandbox.env)) vi.stubEnv(name, value)
  const aws = openAws()
  ports = { aws, identity: await readIdentity(aws) }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

let key: string
let secret: string
beforeEach(async () => {
  const { arns } = await sandbox.reset({ exactly })
  key = arns.find((arn) => arn.includes(`:kms:${region}:`)) ?? ''
  secret = arns.find((arn) => arn.includes(':secretsmanager:')) ?? ''
})

test('a key with all its parts', async () => {
  const detail = await readResourceDetail(ports, key)
  expect(detail).toMatchObject({
    resource: {
      type: 'key',
      name: 'pay',
      aliases: ['pay'],
      siblings: [expect.stringContaining(':eu-west-1:')],
      problem: null,
    },
    ineligible: null,
    policy: { document: expect.stringContaining('"Statement"'), problem: null },
    grants: { value: { more: false }, problem: null },
    rotation: { value: { isEnabled: expect.any(Boolean) }, problem: null },
  })
  expect(detail.resource.tags?.map((tag) => tag.key)).toEqual(['a', 'b'])
  expect(detail.facts.map(({ label }) => label)).toEqual(['Key ID', 'Key spec', 'Key usage', 'Origin'])
})

test('a secret with all its parts, and never its value', async () => {
  const detail = await readResourceDetail(ports, secret)
  expect(detail).toMatchObject({
    resource: { type: 'secret', name: 'pay/db', tags: [{ key: 'a', value: '1' }] },
    policy: { problem: null },
    grants: null,
    rotation: { value: { isEnabled: false }, problem: null },
  })
  expect(await sandbox.calls({ operation: 'secretsmanager:GetSecretValue' })).toEqual([])
})

describe('a part that is denied says so, and the rest is there', () => {
  test.each([
    { action: 'kms:GetKeyPolicy', part: 'policy' },
    { action: 'kms:ListGrants', part: 'grants' },
    { action: 'kms:GetKeyRotationStatus', part: 'rotation' },
  ] as const)('$action', async ({ action, part }) => {
    await sandbox.settings({ denied: [{ action }] })
    const detail = await readResourceDetail(ports, key)
    expect(detail[part]).toMatchObject({ problem: { code: 'denied', message: expect.stringContaining(action) } })
    expect(detail.resource).toMatchObject({ name: 'pay', problem: null })
  })

  test('the tags: unknown, never shown as none', async () => {
    await sandbox.settings({ denied: [{ action: 'kms:ListResourceTags' }] })
    const { resource, ineligible } = await readResourceDetail(ports, key)
    expect(resource).toMatchObject({ tags: null, problem: { code: 'denied' } })
    expect(ineligible).toBe('tagsUnreadable')
  })
})

test('of an AWS managed key the tags are not asked for', async () => {
  await sandbox.reset({ resources: 10, regions: 1 })
  const managed = (await sandbox.resources()).find(({ manager }) => manager === 'AWS')
  const { resource, ineligible } = await readResourceDetail(ports, managed?.arn ?? '')
  expect(resource).toMatchObject({ tags: null, problem: null })
  expect(ineligible).toBe('awsManaged')
  expect(await sandbox.calls({ operation: 'kms:ListResourceTags' })).toEqual([])
})

test('a resource that is not there any more', async () => {
  await sandbox.deleteResource(key)
  await expect(readResourceDetail(ports, key)).rejects.toMatchObject({ code: 'notFound' })
})
