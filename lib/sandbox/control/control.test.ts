import { request } from 'node:http'
import { ListKeysCommand, ListResourceTagsCommand, UntagResourceCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { type Clients, clientsOf, outcome } from '../testing.ts'

let sandbox: Sandbox
let aws: Clients
let keyArn: string
let secretArn: string

beforeAll(async () => {
  sandbox = await startSandbox()
  aws = clientsOf(sandbox)
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const { arns } = await sandbox.reset({
    exactly: [
      { type: 'key', alias: 'alias/pay', tags: { Owner: 'ada' } },
      { type: 'secret', name: 'pay/db', replicaRegions: ['us-east-1'] },
    ],
  })
  ;[keyArn = '', secretArn = ''] = arns
})

describe('reset', () => {
  test('names the ARNs of an exact list in its order, replicas behind their primary', async () => {
    expect((await sandbox.resources()).map(({ arn, name }) => [arn, name])).toEqual([
      [keyArn, 'alias/pay'],
      [secretArn, 'pay/db'],
      [secretArn.replace('eu-central-1', 'us-east-1'), 'pay/db'],
    ])
  })
  test('ends faults, denials, the log and other people’s credentials', async () => {
    const credentials = await sandbox.issueCredentials({ user: 'grace' })
    await sandbox.faults({ operation: '*', kind: 'throttle' })
    await sandbox.settings({ latencyMs: 1, denied: [{ action: 'kms:ListKeys' }] })
    await outcome(aws.kms.send(new ListKeysCommand({})))
    await sandbox.reset({ exactly: [] })
    expect(await sandbox.calls()).toEqual([])
    expect(await outcome(aws.kms.send(new ListKeysCommand({})))).toMatchObject({ Keys: [] })
    const grace = clientsOf({ ...sandbox, credentials })
    expect(await outcome(grace.kms.send(new ListKeysCommand({})))).toMatchObject({
      error: 'UnrecognizedClientException',
    })
  })
  test('can name the account', async () => {
    const { accountId } = await sandbox.reset({ accountId: '999988887777', resources: 4 })
    expect(accountId).toBe('999988887777')
    expect((await sandbox.resources()).every(({ arn }) => arn.includes(':999988887777:'))).toBe(true)
  })
})

describe('changes from outside', () => {
  const readTags = async () => (await aws.kms.send(new ListResourceTagsCommand({ KeyId: keyArn }))).Tags
  test('a tag is put, changed and deleted', async () => {
    await sandbox.putTag(keyArn, 'Owner', 'terraform')
    expect(await readTags()).toEqual([{ TagKey: 'Owner', TagValue: 'terraform' }])
    await sandbox.deleteTag(keyArn, 'Owner')
    expect(await readTags()).toEqual([])
  })
  test('a key goes pending deletion', async () => {
    await sandbox.setState(keyArn, 'PendingDeletion')
    expect(await outcome(aws.kms.send(new UntagResourceCommand({ KeyId: keyArn, TagKeys: ['Owner'] })))).toMatchObject({
      error: 'KMSInvalidStateException',
    })
  })
  test('a secret is marked for deletion and comes back', async () => {
    await sandbox.setState(secretArn, 'PendingDeletion')
    expect((await sandbox.resources()).find(({ arn }) => arn === secretArn)).toMatchObject({ state: 'PendingDeletion' })
    await sandbox.setState(secretArn, 'Active')
    expect((await sandbox.resources()).find(({ arn }) => arn === secretArn)).toMatchObject({ state: 'Active' })
  })
  test('a resource is gone', async () => {
    await sandbox.deleteResource(keyArn)
    expect(await outcome(aws.kms.send(new ListResourceTagsCommand({ KeyId: keyArn })))).toMatchObject({
      error: 'NotFoundException',
    })
    await expect(sandbox.tagsOf(keyArn)).rejects.toThrow('no such resource')
  })
})

describe('the log of calls', () => {
  test('tells who asked what of which resource, and whether it took effect', async () => {
    await aws.kms.send(new UntagResourceCommand({ KeyId: keyArn, TagKeys: ['Owner'] }))
    expect(await sandbox.calls()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        requestId: expect.any(String),
        operation: 'kms:UntagResource',
        region: 'eu-central-1',
        accountId: '111122223333',
        accessKeyId: sandbox.credentials.accessKeyId,
        resource: keyArn,
        tagKeys: ['Owner'],
        outcome: 'OK',
        isApplied: true,
      },
    ])
  })
  test('is filtered and cleared', async () => {
    await aws.kms.send(new ListKeysCommand({}))
    await outcome(aws.kms.send(new ListKeysCommand({ Limit: 0 })))
    expect(await sandbox.calls({ outcome: 'ValidationException' })).toHaveLength(1)
    await sandbox.clearCalls()
    expect(await sandbox.calls()).toEqual([])
  })
})

interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/** A bare request, because fetch does not let a caller choose Host or Origin. */
function ask({ method = 'GET', path, headers = {}, body }: Ask): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${sandbox.url}/_sandbox/${path}`, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

test.each<[rule: string, asked: Ask, status: number]>([
  ['a program on this machine', { path: 'settings' }, 200],
  ['a web page', { path: 'settings', headers: { origin: 'http://evil.example' } }, 403],
  ['a web page that hides its origin', { path: 'settings', headers: { origin: 'null' } }, 403],
  ['a rebound name', { path: 'settings', headers: { host: 'evil.example' } }, 403],
  ['an unknown path', { path: 'nothing' }, 404],
  ['a path named like a member of every object', { path: 'constructor' }, 404],
  ['another method', { path: 'reset' }, 404],
  ['a body that is no JSON', { path: 'reset', method: 'POST', body: '{' }, 400],
  ['an unknown setting', { path: 'settings', method: 'POST', body: '{"speed":9}' }, 400],
  ['a bad value', { path: 'settings', method: 'POST', body: '{"latencyMs":-1}' }, 400],
  [
    'a fault of no operation',
    { path: 'faults', method: 'POST', body: '[{"operation":"kms:Untag","kind":"throttle"}]' },
    400,
  ],
  ['an unknown kind of fault', { path: 'faults', method: 'POST', body: '[{"operation":"*","kind":"flood"}]' }, 400],
  ['an unknown resource', { path: 'resource?arn=none' }, 404],
  ['an unknown role', { path: 'credentials', method: 'POST', body: '{"do":"issue","role":"None"}' }, 404],
  ['more than 64 megabytes', { path: 'reset', method: 'POST', body: ' '.repeat(68_000_000) }, 413],
])('the control path answers %s', async (_, asked, status) => {
  expect(await ask(asked)).toBe(status)
})
