import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { type Arn, isResourceArn } from '../arn.ts'
import { ineligibilityOf } from '../eligibility.ts'
import type { ErrorCode } from '../errors.ts'
import { isReservedTagKey, looksSensitive } from '../tag.ts'
import { type Aws, openAws } from './clients.ts'
import { tagOperations } from './tag-operations.ts'

/*
 * Every documented property of the two operations, and what the product makes of it.
 * KMS UntagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html
 * Secrets Manager UntagResource: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */

type ResetSettings = NonNullable<Parameters<Sandbox['reset']>[0]>
type Spec = NonNullable<ResetSettings['exactly']>[number]
type Fault = Parameters<Sandbox['faults']>[0]
type Denial = NonNullable<Parameters<Sandbox['settings']>[0]['denied']>[number]

interface Row {
  rule: string
  /** Where AWS says so: the operation's own page, unless another one is named. */
  source: string
  /** The resource as it is before the call; by default it carries Owner, owner and an empty Temp. */
  given?: Partial<Spec> & Record<string, unknown>
  fault?: Omit<NonNullable<Fault>, 'operation'>
  denied?: Partial<Denial>
  /** Another id than the complete ARN. */
  id?: (arn: Arn) => string
  tagKeys?: string[]
  /** The error that the caller gets, and what its sentence must tell. */
  fails?: ErrorCode
  tells?: RegExp
  /** The tag keys that are left; by default all that were there when the call fails, and all but the named ones when not. */
  leaves?: string[]
}

const region = 'eu-north-1'
const tags = { Owner: 'ada', owner: 'bob', Temp: '' }
const many = Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`k${number}`, '']))
const longest = 'x'.repeat(128)
const api = 'API reference'

const common = (service: 'kms' | 'secretsmanager'): Row[] => [
  {
    rule: 'the named tags go, all others stay',
    source: `${api}, description`,
    tagKeys: ['Owner', 'Temp'],
    leaves: ['owner'],
  },
  { rule: 'tag keys are case-sensitive', source: `${api}, TagKeys`, tagKeys: ['OWNER'], leaves: Object.keys(tags) },
  {
    rule: 'an absent tag key is no error and changes nothing',
    source: `${api}, description`,
    tagKeys: ['absent'],
    leaves: Object.keys(tags),
  },
  { rule: 'an absent tag key does not hold up the others', source: `${api}, description`, tagKeys: ['absent', 'Temp'] },
  {
    rule: 'all tag keys of a resource go in one call',
    source: `${api}, TagKeys`,
    given: { tags: many },
    tagKeys: Object.keys(many),
    leaves: [],
  },
  {
    rule: 'tag keys have up to 128 characters',
    source: `${api}, TagKeys`,
    given: { tags: { [longest]: '' } },
    tagKeys: [longest],
    leaves: [],
  },
  {
    rule: 'tag keys of 129 characters are refused',
    source: `${api}, TagKeys`,
    tagKeys: [`${longest}x`],
    fails: 'invalidInput',
  },
  { rule: 'empty tag keys are refused', source: `${api}, TagKeys`, tagKeys: [''], fails: 'invalidInput' },
  {
    rule: 'without permission the missing one is named, and the layer',
    source: 'IAM User Guide, troubleshoot access denied',
    denied: {},
    fails: 'denied',
    tells: new RegExp(`no IAM policy of the caller allows it.*missing permission is ${service}:UntagResource`),
  },
  {
    rule: 'an explicit deny is told apart',
    source: 'IAM User Guide, troubleshoot access denied',
    denied: { layer: 'serviceControlPolicy' },
    fails: 'denied',
    tells: /an explicit deny in the service control policy/,
  },
  {
    rule: 'a policy of the resource that does not allow it is told apart',
    source: 'IAM User Guide, troubleshoot access denied',
    denied: { layer: 'resourcePolicy' },
    fails: 'denied',
    tells: /the policy of the resource neither names the caller nor leaves the decision to IAM/,
  },
  {
    rule: 'one protected tag key denies the whole call',
    source: 'Service Authorization Reference, aws:TagKeys',
    denied: { tagKeys: ['owner'] },
    tagKeys: ['Owner', 'owner'],
    fails: 'denied',
  },
  {
    rule: 'the other tag keys of that resource can be removed',
    source: 'Service Authorization Reference, aws:TagKeys',
    denied: { tagKeys: ['owner'] },
    tagKeys: ['Owner'],
  },
  {
    rule: 'throttled: the caller slows down, the SDK does not repeat',
    source: 'request quotas',
    fault: { kind: 'throttle' },
    fails: 'throttled',
  },
  {
    rule: 'an internal error says nothing about the effect',
    source: `${api}, errors`,
    fault: { kind: 'serverError' },
    fails: 'unknownOutcome',
  },
  {
    rule: 'a cut connection says nothing about the effect',
    source: 'network',
    fault: { kind: 'reset' },
    fails: 'unknownOutcome',
  },
  {
    rule: 'a lost reply hides an effect',
    source: 'network',
    fault: { kind: 'lostReply' },
    fails: 'unknownOutcome',
    leaves: ['owner', 'Temp'],
  },
  {
    rule: 'an answer that is not of AWS says nothing about the effect',
    source: 'network',
    fault: { kind: 'html', status: 200 },
    fails: 'unknownOutcome',
    tells: /not in the form of AWS/,
  },
  { rule: 'expired credentials', source: 'Common errors', fault: { kind: 'expired' }, fails: 'credentialsExpired' },
]

const kmsRows: Row[] = [
  ...common('kms'),
  ...['Enabled', 'Disabled', 'PendingImport', 'Unavailable', 'Creating', 'Updating'].map((state) => ({
    rule: `the key state ${state} is compatible`,
    source: 'KMS Developer Guide, key states',
    given: { state },
  })),
  ...['PendingDeletion', 'PendingReplicaDeletion'].map((state) => ({
    rule: `the key state ${state} is not: KMSInvalidStateException`,
    source: 'KMS Developer Guide, key states',
    given: { state },
    fails: 'keyState' as const,
    tells: /pending deletion/,
  })),
  {
    rule: 'an alias is no key id: InvalidArnException',
    source: `${api}, KeyId`,
    id: (arn) => arn.replace(/key\/.*/, 'alias/pay'),
    fails: 'invalidInput',
  },
  {
    rule: 'a malformed ARN: InvalidArnException',
    source: `${api}, errors`,
    id: (arn) => arn.replace(/key\/.*/, 'key'),
    fails: 'invalidInput',
  },
  {
    rule: 'a key that is not there: NotFoundException',
    source: `${api}, errors`,
    id: (arn) => arn.replace(/.{12}$/, '000000000000'),
    fails: 'notFound',
  },
  {
    rule: 'a malformed key id: NotFoundException',
    source: `${api}, errors`,
    id: (arn) => arn.replace(/key\/.*/, 'key/nothing'),
    fails: 'notFound',
  },
  {
    rule: 'no cross-account use',
    source: `${api}, cross-account use`,
    id: (arn) => arn.replace('111122223333', '444455556666'),
    fails: 'denied',
  },
  {
    rule: 'at least one tag key: TagException',
    source: 'KMS Developer Guide, tag permissions',
    tagKeys: [],
    fails: 'invalidTag',
  },
  { rule: 'a tag key twice: TagException', source: `${api}, errors`, tagKeys: ['Owner', 'Owner'], fails: 'invalidTag' },
  {
    rule: "aws: tags are AWS's own: TagException",
    source: 'CloudFormation, resource tags',
    tagKeys: ['AWS:x'],
    fails: 'invalidTag',
  },
]

const secretRows: Row[] = [
  ...common('secretsmanager'),
  {
    rule: 'a SecretId of 2048 characters is looked up',
    source: `${api}, SecretId`,
    id: (arn) => arn.padEnd(2048, 'x'),
    fails: 'notFound',
  },
  {
    rule: 'a SecretId of 2049 characters is refused',
    source: `${api}, SecretId`,
    id: (arn) => arn.padEnd(2049, 'x'),
    fails: 'invalidInput',
  },
  {
    rule: 'a secret that is not there: ResourceNotFoundException',
    source: `${api}, errors`,
    id: (arn) => arn.replace(/.{6}$/, 'zzzzzz'),
    fails: 'notFound',
  },
  {
    rule: 'marked for deletion: InvalidRequestException',
    source: `${api}, errors`,
    given: { isDeleted: true },
    fails: 'markedForDeletion',
    tells: /restore it, or leave it out/,
  },
  {
    rule: 'owned by another service: InvalidRequestException',
    source: `${api}, errors`,
    given: { owningService: 'rds' },
    fails: 'refusedByService',
    tells: /managed by rds/,
  },
  {
    rule: 'a replica is changed through its primary: InvalidParameterException',
    source: 'User Guide, replicate secrets',
    given: { replicaRegions: ['eu-west-1'] },
    id: (arn) => arn.replace(region, 'eu-west-1'),
    fails: 'refusedByService',
    tells: /replica/,
  },
  {
    rule: "aws: tags are AWS's own: InvalidParameterException",
    source: 'CloudFormation, resource tags',
    tagKeys: ['aws:x'],
    fails: 'refusedByService',
  },
  {
    rule: 'no cross-account use without permission',
    source: `${api}, permissions`,
    id: (arn) => arn.replace('111122223333', '444455556666'),
    fails: 'denied',
  },
  {
    rule: 'refused when the caller would lose its own access',
    source: `${api}, description`,
    fault: { kind: 'lockout' },
    fails: 'lockoutRefused',
    tells: /the caller would lose its own access/,
  },
]

let sandbox: Sandbox
let aws: Aws
beforeAll(async () => {
  sandbox = await startSandbox()
  for (const [name, value] of Object.entries(sandbox.env)) vi.stubEnv(name, value)
  aws = openAws()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

const specs = { key: { type: 'key' }, secret: { type: 'secret', name: 'pay/db' } } as const
const services = { key: 'kms', secret: 'secretsmanager' } as const

describe.each([
  { type: 'key', rows: kmsRows },
  { type: 'secret', rows: secretRows },
] as const)('UntagResource of a $type', ({ type, rows }) => {
  const operation = `${services[type]}:UntagResource`

  test.each(rows)(
    '$rule ($source)',
    async ({ given, fault, denied, id, tagKeys = ['Owner'], fails, tells, leaves }) => {
      const spec = { ...specs[type], region, tags, ...given } as Spec
      const { arns } = await sandbox.reset({ exactly: [spec] })
      const [arn = ''] = arns
      if (fault) await sandbox.faults({ ...fault, operation })
      if (denied) await sandbox.settings({ denied: [{ action: operation, ...denied }] })
      const untag = tagOperations[type].untag(aws, id?.(arn) ?? arn, tagKeys)
      if (fails)
        await expect(untag).rejects.toMatchObject({
          name: 'ExpectedError',
          code: fails,
          message: expect.stringMatching(tells ?? /./),
        })
      else expect(await untag).toMatch(/^[0-9a-f-]{36}$/)
      const before = Object.keys(spec.tags ?? {})
      const after = leaves ?? (fails ? before : before.filter((tagKey) => !tagKeys.includes(tagKey)))
      expect(Object.keys(await sandbox.tagsOf(arn)).sort()).toEqual(after.toSorted())
      expect(await sandbox.calls({ operation })).toHaveLength(1)
    },
  )

  test("the answer proves nothing: what is left is read back by the service's own read", async () => {
    const { arns } = await sandbox.reset({ exactly: [{ ...specs[type], region, tags } as Spec] })
    const [arn = ''] = arns
    await tagOperations[type].untag(aws, arn, ['owner'])
    expect(await tagOperations[type].readTags(aws, arn)).toEqual([
      { key: 'Owner', value: 'ada' },
      { key: 'Temp', value: '' },
    ])
  })

  test('reads may lag behind: the change is eventually consistent', async () => {
    const { arns } = await sandbox.reset({ exactly: [{ ...specs[type], region, tags } as Spec] })
    const [arn = ''] = arns
    await sandbox.faults({
      operation: type === 'key' ? 'kms:ListResourceTags' : 'secretsmanager:DescribeSecret',
      kind: 'staleRead',
      count: 1,
    })
    await tagOperations[type].untag(aws, arn, Object.keys(tags))
    expect(await tagOperations[type].readTags(aws, arn)).toHaveLength(3)
    expect(await tagOperations[type].readTags(aws, arn)).toEqual([])
  })

  test('what was removed can be put back as it was', async () => {
    const { arns } = await sandbox.reset({ exactly: [{ ...specs[type], region, tags } as Spec] })
    const [arn = ''] = arns
    await tagOperations[type].untag(aws, arn, ['Owner', 'Temp'])
    await tagOperations[type].tag(aws, arn, [
      { key: 'Owner', value: 'ada' },
      { key: 'Temp', value: '' },
    ])
    expect(await sandbox.tagsOf(arn)).toEqual(tags)
  })

  test('the call goes to the Region of the ARN, with the complete ARN', async () => {
    const { arns } = await sandbox.reset({ exactly: [{ ...specs[type], region: 'us-west-2', tags } as Spec] })
    const [arn = ''] = arns
    await tagOperations[type].untag(aws, arn, ['Owner'])
    expect(await sandbox.calls({ operation })).toMatchObject([{ region: 'us-west-2', resource: arn, outcome: 'OK' }])
    expect(isResourceArn(arn)).toBe(true)
  })
})

// All at once: each waits for the time limit of writes.
describe.concurrent('the effect stays unknown (network)', () => {
  const unknown = { code: 'unknownOutcome', message: expect.stringContaining('no answer in time') }

  test('when no answer comes in time', async () => {
    const { arns } = await sandbox.reset({
      exactly: [{ ...specs.key, region, tags } as Spec, { ...specs.secret, region, tags } as Spec],
    })
    const [key = '', secret = ''] = arns
    const timeout = { kind: 'timeout' } as const
    await sandbox.faults(
      { ...timeout, operation: 'kms:UntagResource' },
      { ...timeout, operation: 'secretsmanager:UntagResource' },
    )
    const untag = [tagOperations.key.untag(aws, key, ['Owner']), tagOperations.secret.untag(aws, secret, ['Owner'])]
    expect(await Promise.all(untag.map((call) => call.catch((error) => error)))).toMatchObject([unknown, unknown])
  })

  test('when an answer stops half-way', async () => {
    const server = createServer((_, res) => {
      res.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '2' }).write('{')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const stopping = openAws()
    stopping.secretsWriter(region).config.serviceConfiguredEndpoint = async () => `http://127.0.0.1:${port}`
    const arn = `arn:aws:secretsmanager:${region}:111122223333:secret:a-AbCdEf`
    await expect(tagOperations.secret.untag(stopping, arn, ['Owner'])).rejects.toMatchObject(unknown)
    server.closeAllConnections()
    server.close()
  })
})

describe('what never reaches the call', () => {
  test('customer managed keys only: an AWS managed key is refused by AWS and by the plan', async () => {
    await sandbox.reset({ resources: 10, regions: 1 })
    const managed = (await sandbox.resources()).find(({ manager }) => manager === 'AWS')?.arn ?? ''
    await expect(tagOperations.key.untag(aws, managed, ['a'])).rejects.toMatchObject({ code: 'denied' })
    const { resource, facts } = await tagOperations.key.readResource(aws, managed)
    expect(ineligibilityOf(resource, '111122223333')).toBe('awsManaged')
    expect(facts).toBeNull()
  })

  test('resources of another account are left out of every plan', async () => {
    const { arns } = await sandbox.reset({ exactly: [{ type: 'key', region }] })
    const { resource } = await tagOperations.key.readResource(aws, arns[0] ?? '')
    expect(ineligibilityOf(resource, '444455556666')).toBe('otherAccount')
  })

  test('aliases, bare ids and partial ARNs cannot be selected', () => {
    const account = 'eu-north-1:111122223333'
    const ids = [
      `arn:aws:kms:${account}:alias/pay`,
      'alias/pay',
      '00000000-0000-4000-8000-000000000000',
      `arn:aws:secretsmanager:${account}:secret:pay`,
    ]
    expect(ids.filter(isResourceArn)).toEqual([])
  })

  test('request parameters are logged in CloudTrail: sensitive-looking tag keys are pointed out', () => {
    const pointedOut = ['db-password', 'ada@example.com', 'AKIAIOSFODNN7EXAMPLE']
    expect(pointedOut.filter(looksSensitive)).toEqual(pointedOut)
    expect(['Owner', 'cost-center'].filter(looksSensitive)).toEqual([])
  })

  test('aws: tags in any case of letters', () => {
    expect(['aws:x', 'AWS:cloudformation:stack-name'].every(isReservedTagKey)).toBe(true)
  })
})
