import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  type Filter,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'

let sandbox: Sandbox
let aws: Clients
let abroad: Clients
const arns: Record<string, string> = {}
const at = (name: string) => arns[name] ?? name

const secrets = {
  plain: { name: 'pay/db', description: 'The Ledger', tags: { Owner: 'ada', owner: 'grace', Stage: 'Production' } },
  hyphen: { name: 'upload-secret', tags: { Owner: 'ada' } },
  full: { name: 'full', tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, 'x'])) },
  deleted: { name: 'old/vpn', isDeleted: true, tags: { Owner: 'ada' } },
  owned: { name: 'rds!db-1', owningService: 'rds', tags: { 'aws:secretsmanager:owningService': 'rds', Owner: 'ada' } },
  shared: { name: 'shared', replicaRegions: ['us-east-1'], tags: { Owner: 'ada' } },
}

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

beforeEach(async () => {
  const exactly = Object.values(secrets).map((secret) => ({ type: 'secret' as const, ...secret }))
  const report = await sandbox.reset({ exactly, quotas: 'off' })
  for (const [index, name] of Object.keys(secrets).entries()) arns[name] = report.arns[index] ?? ''
  arns.replica = report.arns.at(-1) ?? ''
  aws = await clientsFor(sandbox, administrator)
  abroad = await clientsFor(sandbox, administrator, 'us-east-1')
})

const untag = (SecretId: string, TagKeys: string[], { secrets: client } = aws) =>
  outcome(client.send(new UntagResourceCommand({ SecretId, TagKeys })))
const tag = (SecretId: string, Tags: { Key: string; Value: string }[], { secrets: client } = aws) =>
  outcome(client.send(new TagResourceCommand({ SecretId, Tags })))
const describeSecret = (SecretId: string, { secrets: client } = aws) =>
  outcome(client.send(new DescribeSecretCommand({ SecretId })))
const list = (input: ListSecretsCommandInput) => outcome(aws.secrets.send(new ListSecretsCommand(input)))
const names = async (input: ListSecretsCommandInput, { secrets: client } = aws) =>
  ((await client.send(new ListSecretsCommand(input))).SecretList ?? []).map(({ Name }) => Name).sort()

const notFound = {
  error: 'ResourceNotFoundException',
  status: 400,
  message: "Secrets Manager can't find the specified secret.",
}
const replicaRefused = {
  error: 'InvalidParameterException',
  message: "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
}
const deletedRefused = {
  error: 'InvalidRequestException',
  status: 400,
  message: "You can't perform this operation on the secret because it was marked for deletion.",
}

interface Case {
  rule: string
  /** Source marks: M API model, SMUG Secrets Manager User Guide, LS recorded from AWS, GH report, ? unconfirmed. */
  source: string
  ask: () => Promise<unknown>
  answer: object
}

const refusals: Case[] = [
  { rule: 'an unknown secret', source: 'LS', ask: () => untag('nothing', ['Owner']), answer: notFound },
  {
    rule: 'an ARN of another Region',
    source: 'M',
    ask: () => untag('arn:aws:secretsmanager:eu-west-1:111122223333:secret:pay/db-AbCdEf', ['Owner']),
    answer: notFound,
  },
  {
    rule: 'an ARN with other last characters',
    source: 'SMUG troubleshoot',
    ask: () => untag(at('plain').replace(/.{6}$/, '000000'), ['Owner']),
    answer: notFound,
  },
  {
    rule: 'a partial ARN whose name ends in a hyphen and six characters',
    source: 'SMUG troubleshoot',
    ask: () => untag(at('hyphen').replace(/-[^-]{6}$/, ''), ['Owner']),
    answer: notFound,
  },
  {
    rule: 'a secret of another account',
    source: 'M',
    ask: () => untag('arn:aws:secretsmanager:eu-central-1:444455556666:secret:x-AbCdEf', ['Owner']),
    answer: {
      error: 'AccessDeniedException',
      message: expect.stringContaining('no resource-based policy allows the secretsmanager:UntagResource action'),
    },
  },
  {
    rule: 'untagging a secret marked for deletion',
    source: 'LS 2026-01-29',
    ask: () => untag(at('deleted'), ['Owner']),
    answer: deletedRefused,
  },
  {
    rule: 'tagging a secret marked for deletion',
    source: 'LS 2026-01-29',
    ask: () => tag(at('deleted'), [{ Key: 'a', Value: 'b' }]),
    answer: deletedRefused,
  },
  {
    rule: 'the resource policy of a secret marked for deletion',
    source: 'M',
    ask: () => outcome(aws.secrets.send(new GetResourcePolicyCommand({ SecretId: at('deleted') }))),
    answer: deletedRefused,
  },
  {
    rule: 'untagging a secret that a service owns',
    source: 'M, GH cloud-custodian#11035',
    ask: () => untag(at('owned'), ['Owner']),
    answer: { error: 'InvalidRequestException' },
  },
  {
    rule: 'tagging a secret that a service owns',
    source: 'M, GH cloud-custodian#11035',
    ask: () => tag(at('owned'), [{ Key: 'a', Value: 'b' }]),
    answer: { error: 'InvalidRequestException' },
  },
  {
    rule: 'untagging a replica',
    source: 'GH cloud-nuke#435',
    ask: () => untag(at('replica'), ['Owner'], abroad),
    answer: replicaRefused,
  },
  {
    rule: 'tagging a replica',
    source: 'GH cloud-nuke#435',
    ask: () => tag(at('replica'), [{ Key: 'a', Value: 'b' }], abroad),
    answer: replicaRefused,
  },
  {
    rule: 'an aws: tag',
    source: 'CFN, error ?',
    ask: () => untag(at('plain'), ['aws:secretsmanager:owningService']),
    answer: { error: 'InvalidParameterException' },
  },
  {
    rule: 'the same tag key twice',
    source: '?',
    ask: () =>
      tag(at('plain'), [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ]),
    answer: { error: 'InvalidParameterException' },
  },
  {
    rule: 'the 51st tag',
    source: 'TE, error ?',
    ask: () => tag(at('full'), [{ Key: 'one-more', Value: '' }]),
    answer: { error: 'InvalidParameterException' },
  },
  {
    rule: 'no tag keys at all',
    source: '?',
    ask: () => untag(at('plain'), []),
    answer: { error: 'InvalidParameterException' },
  },
  {
    rule: 'a tag key of 129 characters',
    source: 'M',
    ask: () => untag(at('plain'), ['x'.repeat(129)]),
    answer: { error: 'ValidationException', message: expect.stringContaining("at 'tagKeys.1.member'") },
  },
  {
    rule: 'a secret id of 2,049 characters',
    source: 'M',
    ask: () => untag('x'.repeat(2049), ['a']),
    answer: { error: 'ValidationException', message: expect.stringContaining("at 'secretId'") },
  },
  { rule: '101 results', source: 'M', ask: () => list({ MaxResults: 101 }), answer: { error: 'ValidationException' } },
  {
    rule: 'eleven filters',
    source: 'M',
    ask: () => list({ Filters: Array<Filter>(11).fill({ Key: 'name', Values: ['x'] }) }),
    answer: { error: 'ValidationException' },
  },
  {
    rule: 'an invented token',
    source: 'M',
    ask: () => list({ NextToken: 'nonsense' }),
    answer: { error: 'InvalidNextTokenException', status: 400 },
  },
  {
    rule: 'deleting at once and with a recovery window',
    source: 'M',
    ask: () =>
      outcome(
        aws.secrets.send(
          new DeleteSecretCommand({ SecretId: at('plain'), RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
        ),
      ),
    answer: { error: 'InvalidParameterException' },
  },
  {
    rule: 'deleting a primary with replicas',
    source: 'SMUG',
    ask: () => outcome(aws.secrets.send(new DeleteSecretCommand({ SecretId: at('shared') }))),
    answer: { error: 'InvalidRequestException' },
  },
]

describe('Secrets Manager refuses', () => {
  test.each(refusals)('$rule ($source)', async ({ ask, answer }) => {
    const before = await sandbox.resources()
    expect(await ask()).toMatchObject(answer)
    expect(await sandbox.resources()).toEqual(before)
  })
})

describe('Secrets Manager tags', () => {
  test('UntagResource answers nothing and removes these keys only (M)', async () => {
    expect(await untag(at('plain'), ['owner', 'Stage'])).toEqual({})
    expect(await sandbox.tagsOf(at('plain'))).toEqual({ Owner: 'ada' })
  })
  test('an absent tag key is no error and leaves the metadata unchanged (M)', async () => {
    const before = await describeSecret(at('plain'))
    expect(await untag(at('plain'), ['OWNER'])).toEqual({})
    expect(await describeSecret(at('plain'))).toEqual(before)
  })
  test('TagResource sets, overwrites and keeps the rest (M)', async () => {
    expect(
      await tag(at('plain'), [
        { Key: 'Owner', Value: 'lin' },
        { Key: 'new', Value: '' },
      ]),
    ).toEqual({})
    expect(await sandbox.tagsOf(at('plain'))).toEqual({ Owner: 'lin', owner: 'grace', Stage: 'Production', new: '' })
  })
  test.each([
    ['its name', () => 'pay/db'],
    ['its complete ARN', () => at('plain')],
    ['its ARN without the hyphen and six characters', () => at('plain').replace(/-[^-]{6}$/, '')],
  ])('a secret is found by %s (M)', async (_, id) => {
    expect(await untag(id(), ['owner'])).toEqual({})
    expect(await sandbox.tagsOf(at('plain'))).not.toHaveProperty('owner')
  })
  test('a replica follows its primary (SMUG create-manage-multi-region-secrets)', async () => {
    expect(await untag(at('shared'), ['Owner'])).toEqual({})
    expect(await describeSecret(at('replica'), abroad)).toMatchObject({
      ARN: at('replica'),
      Tags: [],
      PrimaryRegion: 'eu-central-1',
    })
  })
})

describe('ListSecrets', () => {
  const filters: [rule: string, filter: Filter, found: string[]][] = [
    ['name by its beginning', { Key: 'name', Values: ['pay'] }, ['pay/db']],
    ['name with regard to case', { Key: 'name', Values: ['Pay'] }, []],
    ['description without regard to case', { Key: 'description', Values: ['the led'] }, ['pay/db']],
    ['tag-key by its beginning, with regard to case', { Key: 'tag-key', Values: ['own'] }, ['pay/db']],
    ['tag-value by its beginning', { Key: 'tag-value', Values: ['Prod'] }, ['pay/db']],
    ['owning-service', { Key: 'owning-service', Values: ['rds'] }, ['rds!db-1']],
    ['primary-region', { Key: 'primary-region', Values: ['eu-central'] }, ['shared']],
    ['all: every word somewhere, without regard to case', { Key: 'all', Values: ['LEDGER grace'] }, ['pay/db']],
    ['any of several values', { Key: 'name', Values: ['shared', 'full'] }, ['full', 'shared']],
    ['a value that starts with ! negates', { Key: 'tag-key', Values: ['!Owner'] }, ['full']],
  ]
  test.each(filters)('finds by %s (M)', async (_, filter, found) => {
    expect(await names({ Filters: [filter] })).toEqual(found)
  })
  test('hides secrets marked for deletion unless they are asked for (M)', async () => {
    expect(await names({})).not.toContain('old/vpn')
    expect(await names({ IncludePlannedDeletion: true })).toContain('old/vpn')
  })
  test('a filtered page can be empty and still carry NextToken (M)', async () => {
    const filter: ListSecretsCommandInput = {
      Filters: [{ Key: 'name', Values: ['pay'] }],
      MaxResults: 1,
      SortBy: 'name',
    }
    const pages = []
    for (let NextToken: string | undefined, more = true; more; ) {
      const page = await aws.secrets.send(new ListSecretsCommand({ ...filter, SortOrder: 'desc', NextToken }))
      pages.push(page.SecretList?.length)
      NextToken = page.NextToken
      more = NextToken !== undefined
    }
    expect(pages).toEqual([0, 0, 0, 1, 0, 0])
  })
  test('a token belongs to its list (M)', async () => {
    const { NextToken } = await list({ MaxResults: 1 })
    expect(await list({ MaxResults: 1, NextToken: String(NextToken), SortOrder: 'asc' })).toMatchObject({
      error: 'InvalidNextTokenException',
    })
  })
  test('sorts by name, in both directions (M)', async () => {
    const sorted = async (SortOrder: 'asc' | 'desc') =>
      (await aws.secrets.send(new ListSecretsCommand({ SortBy: 'name', SortOrder }))).SecretList?.map(
        ({ Name }) => Name,
      )
    const ascending = await sorted('asc')
    expect(ascending).toEqual([...(ascending ?? [])].sort())
    expect(await sorted('desc')).toEqual(ascending?.toReversed())
  })
  test('shows tags, owner and Regions in the entry (M)', async () => {
    const { SecretList = [] } = await aws.secrets.send(new ListSecretsCommand({}))
    const entry = (name: string) => SecretList.find(({ Name }) => Name === name)
    expect(entry('rds!db-1')).toMatchObject({ OwningService: 'rds', RotationEnabled: true, Tags: expect.any(Array) })
    expect(entry('shared')).toMatchObject({ PrimaryRegion: 'eu-central-1', Tags: [{ Key: 'Owner', Value: 'ada' }] })
    expect(entry('pay/db')).not.toHaveProperty('PrimaryRegion')
    expect(await names({}, abroad)).toEqual(['shared'])
  })
})

describe('a secret', () => {
  test('is marked for deletion, described with its date, and restored (M)', async () => {
    const SecretId = at('plain')
    const marked = await aws.secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }))
    expect(marked).toMatchObject({ ARN: SecretId, Name: 'pay/db', DeletionDate: expect.any(Date) })
    expect(await describeSecret(SecretId)).toMatchObject({ DeletedDate: expect.any(Date) })
    await aws.secrets.send(new RestoreSecretCommand({ SecretId }))
    expect(await describeSecret(SecretId)).not.toHaveProperty('DeletedDate')
  })
  test('is gone at once when its deletion is forced (M)', async () => {
    await aws.secrets.send(new DeleteSecretCommand({ SecretId: at('plain'), ForceDeleteWithoutRecovery: true }))
    expect(await describeSecret(at('plain'))).toMatchObject(notFound)
  })
  test('knows its replicas (M)', async () => {
    expect(await describeSecret(at('shared'))).toMatchObject({
      PrimaryRegion: 'eu-central-1',
      ReplicationStatus: [{ Region: 'us-east-1', Status: 'InSync' }],
    })
  })
  test('without a resource policy answers without one (M)', async () => {
    const answer = await outcome(aws.secrets.send(new GetResourcePolicyCommand({ SecretId: at('plain') })))
    expect(answer).toEqual({ ARN: at('plain'), Name: 'pay/db' })
  })
})
