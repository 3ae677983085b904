import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'

let sandbox: Sandbox
let aws: Clients
let abroad: Clients
const arns: Record<string, string> = {}
const at = (name: string) => arns[name] ?? name

const keys = {
  plain: { alias: 'alias/payments', tags: { Owner: 'ada', owner: 'grace', Team: '' } },
  full: { tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, 'x'])) },
  stack: { tags: { 'aws:cloudformation:stack-name': 'pay', Owner: 'ada' } },
  managed: { manager: 'AWS', alias: 'alias/aws/s3', tags: {} },
  Disabled: { state: 'Disabled', tags: { Owner: 'ada' } },
  PendingDeletion: { state: 'PendingDeletion', tags: { Owner: 'ada' } },
  PendingReplicaDeletion: { state: 'PendingReplicaDeletion', tags: { Owner: 'ada' } },
  PendingImport: { state: 'PendingImport', tags: { Owner: 'ada' } },
  Unavailable: { state: 'Unavailable', tags: { Owner: 'ada' } },
  Creating: { state: 'Creating', tags: { Owner: 'ada' } },
  Updating: { state: 'Updating', tags: { Owner: 'ada' } },
  multi: { replicaRegions: ['us-east-1'], tags: { Owner: 'ada' } },
} as const

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

beforeEach(async () => {
  const exactly = Object.values(keys).map((key) => ({
    type: 'key' as const,
    ...key,
    replicaRegions: [...('replicaRegions' in key ? key.replicaRegions : [])],
  }))
  const report = await sandbox.reset({ exactly, quotas: 'off' })
  for (const [index, name] of Object.keys(keys).entries()) arns[name] = report.arns[index] ?? ''
  arns.replica = report.arns.at(-1) ?? ''
  aws = await clientsFor(sandbox, administrator)
  abroad = await clientsFor(sandbox, administrator, 'us-east-1')
})

const untag = (name: string, ...TagKeys: string[]) =>
  outcome(aws.kms.send(new UntagResourceCommand({ KeyId: at(name), TagKeys })))
const tag = (name: string, ...tags: [TagKey: string, TagValue: string][]) =>
  outcome(
    aws.kms.send(
      new TagResourceCommand({ KeyId: at(name), Tags: tags.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) }),
    ),
  )
const list = (name: string, options: { Limit?: number; Marker?: string } = {}) =>
  outcome(aws.kms.send(new ListResourceTagsCommand({ KeyId: at(name), ...options })))
const describeKey = (KeyId: string) => outcome(aws.kms.send(new DescribeKeyCommand({ KeyId })))
const tagKeys = async (name: string) => Object.keys(await sandbox.tagsOf(at(name)))

interface Case {
  rule: string
  /** Source marks: M API model, KDG KMS Developer Guide, LS recorded from AWS, GH report, ? unconfirmed. */
  source: string
  ask: () => Promise<unknown>
  answer: unknown
}

const refusals: Case[] = [
  {
    rule: 'a key pending deletion cannot be untagged',
    source: 'KDG key-state, LS',
    ask: () => untag('PendingDeletion', 'Owner'),
    answer: {
      error: 'KMSInvalidStateException',
      status: 400,
      message: expect.stringContaining('is pending deletion (or pending replica deletion).'),
    },
  },
  {
    rule: 'nor tagged',
    source: 'KDG key-state',
    ask: () => tag('PendingDeletion', ['a', 'b']),
    answer: { error: 'KMSInvalidStateException', status: 400 },
  },
  {
    rule: 'a primary that waits for its replicas to go cannot be untagged',
    source: 'KDG key-state',
    ask: () => untag('PendingReplicaDeletion', 'Owner'),
    answer: { error: 'KMSInvalidStateException', status: 400 },
  },
  {
    rule: 'an unknown key is not found',
    source: 'LS',
    ask: () => untag('00000000-0000-4000-8000-000000000000', 'Owner'),
    answer: {
      error: 'NotFoundException',
      status: 400,
      message: "Key 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000' does not exist",
    },
  },
  {
    rule: 'a malformed id is not found',
    source: 'LS',
    ask: () => untag('nonsense', 'Owner'),
    answer: { error: 'NotFoundException', message: "Invalid keyId 'nonsense'" },
  },
  {
    rule: 'a key of another Region is not found',
    source: 'LS 2025-11-10',
    ask: () => untag('arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000', 'Owner'),
    answer: { error: 'NotFoundException' },
  },
  {
    rule: 'a key of another account is refused: no cross-account use',
    source: 'M',
    ask: () => untag('arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-000000000000', 'Owner'),
    answer: {
      error: 'AccessDeniedException',
      status: 400,
      message: expect.stringContaining('because no resource-based policy allows the kms:UntagResource action'),
    },
  },
  {
    rule: 'a malformed ARN is invalid',
    source: 'M',
    ask: () => untag('arn:aws:kms:nonsense', 'Owner'),
    answer: { error: 'InvalidArnException', status: 400 },
  },
  {
    rule: 'an alias name is not accepted',
    source: 'M, error ?',
    ask: () => untag('alias/payments', 'Owner'),
    answer: { error: 'NotFoundException' },
  },
  {
    rule: 'an alias ARN is not accepted',
    source: 'M, error ?',
    ask: () => untag('arn:aws:kms:eu-central-1:111122223333:alias/payments', 'Owner'),
    answer: { error: 'InvalidArnException' },
  },
  {
    rule: 'ListResourceTags takes no alias either',
    source: 'M, error ?',
    ask: () => list('alias/payments'),
    answer: { error: 'NotFoundException' },
  },
  {
    rule: 'an AWS managed key cannot be untagged',
    source: 'KDG tagging-keys',
    ask: () => untag('managed', 'Owner'),
    answer: { error: 'AccessDeniedException' },
  },
  {
    rule: 'nor tagged',
    source: 'KDG tagging-keys',
    ask: () => tag('managed', ['a', 'b']),
    answer: { error: 'AccessDeniedException' },
  },
  {
    rule: 'its tags are denied to everybody',
    source: 'GH prowler#2467',
    ask: () => list('managed'),
    answer: { error: 'AccessDeniedException' },
  },
  {
    rule: 'aws: tags are reserved',
    source: 'LS',
    ask: () => tag('plain', ['aws:x', 'y']),
    answer: { error: 'TagException', message: 'Tags beginning with aws: are reserved' },
  },
  {
    rule: 'in any case of letters',
    source: 'LS',
    ask: () => tag('plain', ['AwS:x', 'y']),
    answer: { error: 'TagException' },
  },
  {
    rule: 'aws: tags cannot be removed',
    source: 'CFN, error ?',
    ask: () => untag('stack', 'aws:cloudformation:stack-name'),
    answer: { error: 'TagException' },
  },
  {
    rule: 'the same tag key twice',
    source: 'LS',
    ask: () => tag('plain', ['a', '1'], ['a', '2']),
    answer: { error: 'TagException', message: 'Duplicate tag keys' },
  },
  {
    rule: 'the 51st tag',
    source: 'LS',
    ask: () => tag('full', ['one-more', '']),
    answer: { error: 'TagException', message: 'Too many tags' },
  },
  {
    rule: 'an ampersand in a value',
    source: 'GH provider-upjet-aws#922',
    ask: () => tag('plain', ['a', 'b & c']),
    answer: { error: 'TagException', message: 'Invalid tag' },
  },
  {
    rule: 'no tag keys at all',
    source: 'KDG tag-permissions, error ?',
    ask: () => untag('plain'),
    answer: { error: 'TagException' },
  },
  {
    rule: 'a tag key of 129 characters',
    source: 'M, LS',
    ask: () => untag('plain', 'x'.repeat(129)),
    answer: {
      error: 'ValidationException',
      message: `1 validation error detected: Value '${'x'.repeat(129)}' at 'tagKeys.1.member' failed to satisfy constraint: Member must have length less than or equal to 128`,
    },
  },
  {
    rule: 'an empty tag key, named by its place',
    source: 'M',
    ask: () => untag('plain', 'a', ''),
    answer: { error: 'ValidationException', message: expect.stringContaining("at 'tagKeys.2.member'") },
  },
  {
    rule: 'a value of 257 characters',
    source: 'M',
    ask: () => tag('plain', ['a', 'x'.repeat(257)]),
    answer: { error: 'ValidationException', message: expect.stringContaining("at 'tags.1.member.tagValue'") },
  },
  {
    rule: 'all violations in one text',
    source: 'LS',
    ask: () => untag('x'.repeat(2049), ''),
    answer: {
      error: 'ValidationException',
      message: expect.stringMatching(/^2 validation errors detected: .*keyId.*; .*tagKeys/),
    },
  },
  {
    rule: 'a Limit above the maximum',
    source: 'M',
    ask: () => list('plain', { Limit: 51 }),
    answer: { error: 'ValidationException', message: expect.stringContaining('less than or equal to 50') },
  },
  {
    rule: 'a Limit of 0',
    source: 'M',
    ask: () => list('plain', { Limit: 0 }),
    answer: { error: 'ValidationException' },
  },
  {
    rule: 'an invented marker',
    source: 'M',
    ask: () => list('plain', { Marker: 'bm9uc2Vuc2U=' }),
    answer: { error: 'InvalidMarkerException', status: 400 },
  },
  {
    rule: 'an alias that is not there',
    source: 'LS',
    ask: () => describeKey('alias/none'),
    answer: {
      error: 'NotFoundException',
      message: 'Alias arn:aws:kms:eu-central-1:111122223333:alias/none is not found.',
    },
  },
  {
    rule: 'cancelling a deletion that is not planned',
    source: 'M',
    ask: () => outcome(aws.kms.send(new CancelKeyDeletionCommand({ KeyId: at('plain') }))),
    answer: { error: 'KMSInvalidStateException' },
  },
]

describe('KMS refuses', () => {
  test.each(refusals)('$rule ($source)', async ({ ask, answer }) => {
    const before = await sandbox.resources()
    expect(await ask()).toMatchObject(answer as object)
    expect(await sandbox.resources()).toEqual(before)
  })
})

describe('KMS tags', () => {
  test('UntagResource answers nothing and removes these keys only (LS 2025-01-10)', async () => {
    expect(await untag('plain', 'owner', 'Team')).toEqual({})
    expect(await tagKeys('plain')).toEqual(['Owner'])
  })
  test('an absent tag key is no error (M)', async () => {
    expect(await untag('plain', 'OWNER', 'nothing')).toEqual({})
    expect(await tagKeys('plain')).toEqual(['Owner', 'owner', 'Team'])
  })
  test('TagResource sets, overwrites and keeps the rest (M)', async () => {
    expect(await tag('plain', ['Owner', 'lin'], ['Größe', ''])).toEqual({})
    expect(await sandbox.tagsOf(at('plain'))).toEqual({ Owner: 'lin', owner: 'grace', Team: '', Größe: '' })
  })
  test('aws: tags do not count to the limit of 50 (CFN)', async () => {
    const tags = Array.from({ length: 49 }, (_, index): [string, string] => [`tag-${index}`, 'x'])
    expect(await tag('stack', ...tags)).toEqual({})
  })
  test.each(['Disabled', 'PendingImport', 'Unavailable', 'Creating', 'Updating'])(
    'a key that is %s can be untagged and tagged (KDG key-state)',
    async (name) => {
      expect(await untag(name, 'Owner')).toEqual({})
      expect(await tag(name, ['Owner', 'ada'])).toEqual({})
    },
  )
  test.each(['PendingDeletion', 'PendingReplicaDeletion', 'Disabled', 'Unavailable'])(
    'the tags of a key that is %s can be read (KDG key-state)',
    async (name) => {
      expect(await list(name)).toMatchObject({ Tags: [{ TagKey: 'Owner', TagValue: 'ada' }] })
    },
  )
  test('a replica keeps its own tags (M CreateKey)', async () => {
    expect(await untag('multi', 'Owner')).toEqual({})
    expect(await tagKeys('multi')).toEqual([])
    expect(await tagKeys('replica')).toEqual(['Owner'])
  })
  test('pages by markers until the end (M)', async () => {
    const pages = []
    for (let Marker: string | undefined, more = true; more; ) {
      const page = await aws.kms.send(new ListResourceTagsCommand({ KeyId: at('full'), Limit: 20, Marker }))
      pages.push(page.Tags?.length)
      more = page.Truncated ?? false
      Marker = page.NextMarker
    }
    expect(pages).toEqual([20, 20, 10])
  })
  test('a marker belongs to its key (M)', async () => {
    const { NextMarker } = await list('full', { Limit: 20 })
    expect(await list('plain', { Marker: String(NextMarker) })).toMatchObject({ error: 'InvalidMarkerException' })
  })
})

describe('KMS reads', () => {
  test('ListKeys lists AWS managed keys too, with id and ARN only (M)', async () => {
    const { Keys = [] } = await aws.kms.send(new ListKeysCommand({}))
    expect(Keys).toHaveLength(Object.keys(keys).length)
    expect(Keys).toContainEqual({ KeyArn: at('managed'), KeyId: at('managed').split('/')[1] })
  })
  test('DescribeKey takes id, ARN, alias name and alias ARN, and shows no tags (M)', async () => {
    const names = [
      at('plain'),
      at('plain').split('/')[1] ?? '',
      'alias/payments',
      'arn:aws:kms:eu-central-1:111122223333:alias/payments',
    ]
    for (const name of names) {
      const { KeyMetadata } = await describeKey(name)
      expect(KeyMetadata).toMatchObject({
        Arn: at('plain'),
        KeyState: 'Enabled',
        KeyManager: 'CUSTOMER',
        MultiRegion: false,
      })
      expect(KeyMetadata).not.toHaveProperty('Tags')
    }
  })
  test('multi-Region keys share their id and know each other (KDG multi-region-keys)', async () => {
    const config = {
      PrimaryKey: { Arn: at('multi'), Region: 'eu-central-1' },
      ReplicaKeys: [{ Arn: at('replica'), Region: 'us-east-1' }],
    }
    expect(await describeKey(at('multi'))).toMatchObject({
      KeyMetadata: { MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', ...config } },
    })
    expect(await outcome(abroad.kms.send(new DescribeKeyCommand({ KeyId: at('replica') })))).toMatchObject({
      KeyMetadata: {
        KeyId: expect.stringMatching(/^mrk-/),
        MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', ...config },
      },
    })
  })
  test('ListAliases lists all, or those of one key (M)', async () => {
    const all = await aws.kms.send(new ListAliasesCommand({}))
    expect(all.Aliases?.map(({ AliasName }) => AliasName)).toEqual(['alias/payments', 'alias/aws/s3'])
    const one = await aws.kms.send(new ListAliasesCommand({ KeyId: at('plain') }))
    expect(one.Aliases).toMatchObject([{ AliasName: 'alias/payments', TargetKeyId: at('plain').split('/')[1] }])
  })
  test('GetKeyPolicy, ListGrants and GetKeyRotationStatus of a plain key', async () => {
    const { Policy = '' } = await aws.kms.send(new GetKeyPolicyCommand({ KeyId: at('plain') }))
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }] })
    expect(await outcome(aws.kms.send(new ListGrantsCommand({ KeyId: at('plain') })))).toEqual({
      Grants: [],
      Truncated: false,
    })
    expect(await outcome(aws.kms.send(new GetKeyRotationStatusCommand({ KeyId: at('plain') })))).toEqual({
      KeyId: at('plain'),
      KeyRotationEnabled: false,
    })
  })
})

describe('KMS key states', () => {
  test('a deletion is planned and cancelled; the key comes back disabled (M)', async () => {
    const KeyId = at('plain')
    const planned = await aws.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    expect(planned).toMatchObject({ KeyId, KeyState: 'PendingDeletion', DeletionDate: expect.any(Date) })
    expect(await untag('plain', 'Owner')).toMatchObject({ error: 'KMSInvalidStateException' })
    await aws.kms.send(new CancelKeyDeletionCommand({ KeyId }))
    expect(await describeKey(KeyId)).toMatchObject({ KeyMetadata: { KeyState: 'Disabled', Enabled: false } })
  })
  test('a primary with replicas waits for them (KDG multi-region-keys-delete)', async () => {
    const planned = await aws.kms.send(new ScheduleKeyDeletionCommand({ KeyId: at('multi') }))
    expect(planned.KeyState).toBe('PendingReplicaDeletion')
    expect(planned.DeletionDate).toBeUndefined()
  })
  test('a key is disabled and enabled (M)', async () => {
    const KeyId = at('plain')
    await aws.kms.send(new DisableKeyCommand({ KeyId }))
    expect(await describeKey(KeyId)).toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } })
    await aws.kms.send(new EnableKeyCommand({ KeyId }))
    expect(await describeKey(KeyId)).toMatchObject({ KeyMetadata: { KeyState: 'Enabled' } })
  })
})
