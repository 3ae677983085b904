import { type Event, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail'
import {
  DecryptCommand,
  DescribeKeyCommand,
  GetKeyLastUsageCommand,
  ListKeysCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, clientsOf, outcome } from '../testing.ts'

let sandbox: Sandbox
let clients: Clients

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

const lookUp = async (input: Partial<LookupEventsCommandInput>, { cloudtrail } = clients) => {
  const { Events = [], NextToken } = await cloudtrail.send(new LookupEventsCommand(input))
  return { events: Events, next: NextToken }
}
const named = (name: string) => ({
  LookupAttributes: [{ AttributeKey: 'ResourceName' as const, AttributeValue: name }],
})
const recordOf = ({ CloudTrailEvent = '{}' }: Event) => JSON.parse(CloudTrailEvent)

describe('calls made to the sandbox', () => {
  let arns: readonly string[]
  beforeEach(async () => {
    const own = await sandbox.reset({
      quotas: 'off',
      exactly: [
        { type: 'key', alias: 'alias/a' },
        { type: 'secret', name: 'pay/db' },
      ],
    })
    arns = own.arns
    clients = clientsOf(sandbox)
  })

  test('are events with who did what to which key, by its ARN however it was named', async () => {
    const [arn = ''] = arns
    const admin = await clientsFor(sandbox, administrator)
    await admin.kms.send(new DescribeKeyCommand({ KeyId: 'alias/a' }))
    const { events } = await lookUp(named(arn))
    expect(events).toMatchObject([
      {
        EventName: 'DescribeKey',
        EventSource: 'kms.amazonaws.com',
        ReadOnly: 'true',
        Username: 'ada',
        Resources: [{ ResourceType: 'AWS::KMS::Key', ResourceName: arn }],
      },
    ])
    expect(recordOf(events[0] ?? {})).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::111122223333:assumed-role/${administrator.role}/ada`,
        sessionContext: { sessionIssuer: { arn: expect.stringContaining(`:role/aws-reserved/sso.amazonaws.com/`) } },
      },
      resources: [{ ARN: arn }],
    })
  })

  test('a secret is found by what the request named it', async () => {
    const admin = await clientsFor(sandbox, administrator)
    await admin.secrets.send(new GetSecretValueCommand({ SecretId: 'pay/db' }))
    expect((await lookUp(named('pay/db'))).events).toMatchObject([{ EventName: 'GetSecretValue' }])
    expect((await lookUp(named(arns[1] ?? ''))).events).toEqual([])
  })

  test('what was refused, or only tried, is an event with its error', async () => {
    const [arn = ''] = arns
    const asked = { KeyId: arn, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT' as const] }
    await outcome(clients.kms.send(new DecryptCommand(asked)))
    const admin = await clientsFor(sandbox, administrator)
    await outcome(admin.kms.send(new DecryptCommand(asked)))
    const { events } = await lookUp(named(arn))
    expect(events.map((event) => recordOf(event).errorCode).sort()).toEqual([
      'AccessDeniedException',
      'DryRunOperationException',
    ])
  })

  test('bear the id that the caller was answered with, and the access key, by which they are found too', async () => {
    const [arn = ''] = arns
    const admin = await clientsFor(sandbox, administrator)
    const { $metadata } = await admin.kms.send(new UntagResourceCommand({ KeyId: arn, TagKeys: ['team'] }))
    const { accessKeyId } = await admin.kms.config.credentials()
    const byKey = { LookupAttributes: [{ AttributeKey: 'AccessKeyId' as const, AttributeValue: accessKeyId }] }
    const { events } = await lookUp(byKey)
    expect(events).toMatchObject([{ EventName: 'UntagResource', AccessKeyId: accessKeyId, ReadOnly: 'false' }])
    expect(recordOf(events[0] ?? {})).toMatchObject({
      requestID: $metadata.requestId,
      requestParameters: { keyId: arn },
      userIdentity: { accessKeyId },
    })
  })

  test('come in pages that later calls do not move, newest first', async () => {
    const [arn = ''] = arns
    for (let index = 0; index < 5; index++) await clients.kms.send(new DescribeKeyCommand({ KeyId: arn }))
    const first = await lookUp({ ...named(arn), MaxResults: 2 })
    await clients.kms.send(new DescribeKeyCommand({ KeyId: arn }))
    const second = await lookUp({ ...named(arn), MaxResults: 2, NextToken: first.next })
    const third = await lookUp({ ...named(arn), MaxResults: 2, NextToken: second.next })
    const all = [first, second, third].flatMap(({ events }) => events)
    expect(new Set(all.map(({ EventId }) => EventId)).size).toBe(5)
    expect(third.next).toBeUndefined()
    const instants = all.map(({ EventTime }) => EventTime?.getTime() ?? 0)
    expect(instants).toEqual(instants.toSorted((one, other) => other - one))
  })

  test('are bound to a span of time, a Region and one attribute', async () => {
    await clients.kms.send(new ListKeysCommand({}))
    const byName = { LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'ListKeys' }] }
    expect((await lookUp(byName)).events).toHaveLength(1)
    expect((await lookUp({ ...byName, EndTime: new Date(Date.now() - 3_600_000) })).events).toEqual([])
    expect((await lookUp({ ...byName, StartTime: new Date(Date.now() + 3_600_000) })).events).toEqual([])
    expect((await lookUp(byName, clientsOf(sandbox, 'us-east-1'))).events).toEqual([])
  })

  test.each<[bad: Partial<LookupEventsCommandInput>, error: string]>([
    [{ NextToken: 'abc' }, 'InvalidNextTokenException'],
    [{ StartTime: new Date(2), EndTime: new Date(1) }, 'InvalidTimeRangeException'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [
      { LookupAttributes: [...named('a').LookupAttributes, ...named('b').LookupAttributes] },
      'InvalidLookupAttributesException',
    ],
  ])('%j is refused', async (bad, error) => {
    expect(await outcome(clients.cloudtrail.send(new LookupEventsCommand(bad)))).toMatchObject({ error })
  })

  test('are told to nobody without permission, and twice a second', async () => {
    const user = await clientsFor(sandbox, { user: 'ci-deploy' })
    expect(await outcome(user.cloudtrail.send(new LookupEventsCommand({})))).toMatchObject({
      error: 'AccessDeniedException',
    })
    await sandbox.settings({ quotas: 'on' })
    const asked = Array.from({ length: 4 }, () => outcome(clients.cloudtrail.send(new LookupEventsCommand({}))))
    const errors = (await Promise.all(asked)).map(({ error }) => error)
    expect(errors).toContain('ThrottlingException')
  })
})

describe('the history of the demo', () => {
  beforeAll(async () => {
    await sandbox.reset({ quotas: 'off' })
    clients = clientsOf(sandbox)
  })
  const found = async (name: string) => (await sandbox.resources()).find((resource) => resource.name === name)
  const issuers = (events: Event[]) =>
    new Set(events.map((event) => recordOf(event).userIdentity.sessionContext?.sessionIssuer.userName))

  test('payouts: the service of the team all the time, the settlement once a day; KMS tells of the last', async () => {
    const { arn = '', region = '' } = (await found('alias/payouts')) ?? {}
    const there = clientsOf(sandbox, region)
    const { events, next } = await lookUp(named(arn), there)
    expect(events).toHaveLength(50)
    expect(next).toBeDefined()
    expect(issuers(events)).toEqual(new Set(['payments-service', 'settlement-batch']))
    const { KeyLastUsage } = await there.kms.send(new GetKeyLastUsageCommand({ KeyId: arn }))
    expect(KeyLastUsage).toMatchObject({ Operation: 'Decrypt', Timestamp: events[0]?.EventTime })
  })

  test('is the same at every start', async () => {
    const { arn = '', region = '' } = (await found('alias/payouts')) ?? {}
    const ids = async () => (await lookUp(named(arn), clientsOf(sandbox, region))).events.map(({ EventId }) => EventId)
    await sandbox.reset({ quotas: 'off' })
    const before = await ids()
    await sandbox.reset({ quotas: 'off' })
    expect(await ids()).toEqual(before)
  })

  test('goes back 90 days', async () => {
    const { arn = '', region = '' } = (await found('alias/payouts')) ?? {}
    const there = clientsOf(sandbox, region)
    let oldest = new Date()
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const { events, next } = await lookUp({ ...named(arn), NextToken: token }, there)
      oldest = events.at(-1)?.EventTime ?? oldest
      token = next
    }
    const days = (Date.now() - oldest.getTime()) / 86_400_000
    expect(days).toBeGreaterThan(89)
    expect(days).toBeLessThan(90)
  })
})
