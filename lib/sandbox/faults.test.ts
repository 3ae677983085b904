import { GetRoleCommand } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, ListKeysCommand, ListResourceTagsCommand, UntagResourceCommand } from '@aws-sdk/client-kms'
import {
  DescribeSecretCommand,
  ListSecretsCommand,
  UntagResourceCommand as UntagSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { type FaultRule, Faults } from './faults.ts'
import { type Clients, clientsOf, outcome } from './testing.ts'

let sandbox: Sandbox
let aws: Clients
let keyArn: string
let otherArn: string
let secretArn: string

beforeAll(async () => {
  sandbox = await startSandbox()
  aws = clientsOf(sandbox)
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const tags = { Owner: 'ada', owner: 'grace' }
  const { arns } = await sandbox.reset({
    quotas: 'off',
    exactly: [
      { type: 'key', tags },
      { type: 'key', tags },
      { type: 'secret', name: 'pay/db', tags },
    ],
  })
  ;[keyArn = '', otherArn = '', secretArn = ''] = arns
})

const untag = (KeyId = keyArn, TagKeys = ['Owner']) =>
  outcome(aws.kms.send(new UntagResourceCommand({ KeyId, TagKeys })))
const readTags = async (KeyId = keyArn) =>
  (await aws.kms.send(new ListResourceTagsCommand({ KeyId }))).Tags?.map(({ TagKey }) => TagKey)
const untagSecret = () => outcome(aws.secrets.send(new UntagSecretCommand({ SecretId: secretArn, TagKeys: ['Owner'] })))
const ok = {}

describe('a fault instead of the operation', () => {
  const cases: [kind: FaultRule['kind'], answer: object][] = [
    [
      'throttle',
      {
        error: 'ThrottlingException',
        status: 400,
        message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      },
    ],
    ['serverError', { error: 'KMSInternalException', status: 500 }],
    [
      'denied',
      {
        error: 'AccessDeniedException',
        message: expect.stringContaining('because no identity-based policy allows the kms:UntagResource action'),
      },
    ],
    ['expired', { error: 'ExpiredTokenException', status: 403 }],
    ['reset', { error: 'TimeoutError' }],
    ['html', { status: 403 }],
  ]
  test.each(cases)('%s: changes nothing, and the log says so', async (kind, answer) => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind, count: 1 })
    expect(await untag()).toMatchObject(answer)
    expect(await sandbox.tagsOf(keyArn)).toHaveProperty('Owner')
    expect(await sandbox.calls({ operation: 'kms:UntagResource' })).toMatchObject([
      { isApplied: false, resource: keyArn, tagKeys: ['Owner'] },
    ])
    expect(await untag()).toEqual(ok)
  })

  test.each([
    [
      'Secrets Manager',
      () => untagSecret(),
      'secretsmanager:UntagResource',
      { error: 'InternalServiceError', status: 500 },
    ],
    [
      'STS',
      () => outcome(aws.sts.send(new GetCallerIdentityCommand({}))),
      'sts:GetCallerIdentity',
      { error: 'InternalFailure', status: 500 },
    ],
    ['IAM', () => outcome(aws.iam.send(new GetRoleCommand({ RoleName: 'Auditor' }))), 'iam:GetRole', { status: 500 }],
  ])('a server error has the name that %s gives it', async (_, ask, operation, answer) => {
    await sandbox.faults({ operation, kind: 'serverError' })
    expect(await ask()).toMatchObject(answer)
  })

  test('the lock-out refusal of Secrets Manager is an AccessDeniedException (M)', async () => {
    await sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lockout' })
    expect(await untagSecret()).toMatchObject({ error: 'AccessDeniedException' })
    expect(await sandbox.tagsOf(secretArn)).toHaveProperty('Owner')
  })

  test.each([200, 403] as const)('html comes with status %i and no JSON', async (status) => {
    await sandbox.faults({ operation: 'kms:ListKeys', kind: 'html', status })
    const answer = await outcome(aws.kms.send(new ListKeysCommand({})))
    expect(answer).toHaveProperty('error')
    expect(await sandbox.calls()).toMatchObject([{ outcome: 'html' }])
  })

  test('timeout never answers and changes nothing', async () => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'timeout' })
    const abort = new AbortController()
    const call = aws.kms.send(new UntagResourceCommand({ KeyId: keyArn, TagKeys: ['Owner'] }), {
      abortSignal: abort.signal,
    })
    await expect.poll(() => sandbox.calls({ outcome: 'noAnswer' })).toHaveLength(1)
    abort.abort()
    await expect(call).rejects.toThrow()
    expect(await sandbox.tagsOf(keyArn)).toHaveProperty('Owner')
  })

  test('regionDown resets every call of the Region and none elsewhere', async () => {
    await sandbox.faults({ operation: '*', region: 'eu-central-1', kind: 'regionDown' })
    expect(await untag()).toMatchObject({ error: 'TimeoutError' })
    expect(await untagSecret()).toMatchObject({ error: 'TimeoutError' })
    expect(await outcome(clientsOf(sandbox, 'us-east-1').kms.send(new ListKeysCommand({})))).toMatchObject({ Keys: [] })
  })
})

describe('a reply that is lost after the change', () => {
  test('lostReply: the tag is gone though the connection broke', async () => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'lostReply' })
    expect(await untag()).toMatchObject({ error: 'TimeoutError' })
    expect(await sandbox.tagsOf(keyArn)).toEqual({ owner: 'grace' })
    expect(await sandbox.calls({ operation: 'kms:UntagResource' })).toMatchObject([
      { outcome: 'connectionReset', isApplied: true },
    ])
  })

  test('lostReplyTimeout: the tag is gone though nothing was answered', async () => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'lostReplyTimeout' })
    const abort = new AbortController()
    const call = aws.kms.send(new UntagResourceCommand({ KeyId: keyArn, TagKeys: ['Owner'] }), {
      abortSignal: abort.signal,
    })
    await expect.poll(() => sandbox.tagsOf(keyArn)).toEqual({ owner: 'grace' })
    abort.abort()
    await expect(call).rejects.toThrow()
  })
})

describe('a stale read', () => {
  test('shows each resource as before its last change, so many times', async () => {
    await sandbox.faults({ operation: 'kms:ListResourceTags', kind: 'staleRead', count: 2 })
    expect(await readTags()).toEqual(['Owner', 'owner'])
    await untag(keyArn)
    await untag(otherArn)
    expect([await readTags(), await readTags(), await readTags()]).toEqual([
      ['Owner', 'owner'],
      ['Owner', 'owner'],
      ['owner'],
    ])
    expect([await readTags(otherArn), await readTags(otherArn), await readTags(otherArn)]).toEqual([
      ['Owner', 'owner'],
      ['Owner', 'owner'],
      ['owner'],
    ])
  })

  test('of one resource, until it is cleared', async () => {
    await sandbox.faults({ operation: 'secretsmanager:DescribeSecret', kind: 'staleRead', resource: secretArn })
    await untagSecret()
    const read = () => aws.secrets.send(new DescribeSecretCommand({ SecretId: secretArn }))
    expect((await read()).Tags).toHaveLength(2)
    expect((await aws.secrets.send(new ListSecretsCommand({}))).SecretList?.[0]?.Tags).toHaveLength(1)
    await sandbox.faults()
    expect((await read()).Tags).toHaveLength(1)
  })
})

test('a stale read may be limited to the time right after the change', () => {
  const faults = new Faults(() => 0)
  faults.replace([{ operation: '*', kind: 'staleRead', withinMs: 4000 }])
  const call = { operation: 'kms:ListResourceTags', region: 'eu-central-1', resource: keyArn }
  expect([faults.strikesRead(call, 4000), faults.strikesRead(call, 4001)]).toEqual([true, false])
})

describe('where a fault strikes', () => {
  test('only the resource it names', async () => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'throttle', resource: otherArn })
    expect(await untag(keyArn)).toEqual(ok)
    expect(await untag(otherArn)).toMatchObject({ error: 'ThrottlingException' })
  })
  test('the first n calls', async () => {
    const [rule] = await sandbox.faults({ operation: 'kms:UntagResource', kind: 'throttle', count: 2 })
    expect(rule).toMatchObject({ struck: 0 })
    const answers = [await untag(), await untag(), await untag()]
    expect(answers).toMatchObject([{ error: 'ThrottlingException' }, { error: 'ThrottlingException' }, ok])
  })
  test('after n calls', async () => {
    await sandbox.faults({ operation: 'kms:UntagResource', kind: 'throttle', afterCalls: 1, count: 1 })
    expect([await untag(), await untag(), await untag()]).toMatchObject([ok, { error: 'ThrottlingException' }, ok])
  })
  test('by a probability that the seed decides', async () => {
    const run = async () => {
      await sandbox.reset({ seed: 7, quotas: 'off', exactly: [{ type: 'key' }] })
      await sandbox.faults({ operation: 'kms:ListKeys', kind: 'throttle', probability: 0.5 })
      const answers = []
      for (let index = 0; index < 20; index++)
        answers.push((await outcome(aws.kms.send(new ListKeysCommand({})))).error ?? 'OK')
      return answers
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set(['OK', 'ThrottlingException']))
    expect(await run()).toEqual(first)
  })
})

describe('quotas', () => {
  const burst = async (calls: number) => {
    const answers = await Promise.all(Array.from({ length: calls }, () => untag(keyArn, ['nothing'])))
    return answers.filter(({ error }) => error === 'ThrottlingException').length
  }
  test('KMS lets 5 UntagResource a second pass, and other operations go on (KDG requests-per-second)', async () => {
    await sandbox.settings({ quotas: 'on' })
    // How many pass depends on how fast they arrive; quotas.test.ts holds the figures.
    expect(await burst(40)).toBeGreaterThan(0)
    expect(await outcome(aws.kms.send(new DescribeKeyCommand({ KeyId: keyArn })))).toHaveProperty('KeyMetadata')
  })
  test('each Region has its own', async () => {
    await sandbox.settings({ quotas: 'on' })
    await burst(40)
    const there = clientsOf(sandbox, 'us-east-1').kms.send(new UntagResourceCommand({ KeyId: keyArn, TagKeys: ['x'] }))
    expect(await outcome(there)).toMatchObject({ error: 'NotFoundException' })
  })
  test('somebody else can use all of one', async () => {
    await sandbox.settings({ quotas: 'on', somebodyElse: [{ operation: 'kms:UntagResource', share: 1 }] })
    expect(await burst(3)).toBe(3)
    expect(await untagSecret()).toEqual(ok)
  })
  test('off, everything passes', async () => {
    expect(await burst(40)).toBe(0)
  })
})

describe('denied by the settings', () => {
  test('one action on one resource, with the layer named', async () => {
    await sandbox.settings({
      denied: [{ action: 'kms:UntagResource', resource: otherArn, layer: 'serviceControlPolicy' }],
    })
    expect(await untag(otherArn)).toMatchObject({
      error: 'AccessDeniedException',
      message: expect.stringMatching(/with an explicit deny in a service control policy$/),
    })
    expect(await untag(keyArn)).toEqual(ok)
  })
  test('one tag key, so that a call with others passes', async () => {
    await sandbox.settings({ denied: [{ action: 'kms:UntagResource', tagKeys: ['Owner'] }] })
    expect(await untag(keyArn, ['Owner', 'owner'])).toMatchObject({ error: 'AccessDeniedException' })
    expect(await untag(keyArn, ['owner'])).toEqual(ok)
  })
  test('GetCallerIdentity works all the same (STS API reference)', async () => {
    await sandbox.settings({ denied: [{ action: 'sts:GetCallerIdentity' }] })
    expect(await outcome(aws.sts.send(new GetCallerIdentityCommand({})))).toHaveProperty('Account')
  })
})
