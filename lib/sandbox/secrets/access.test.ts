import { PutKeyPolicyCommand, UntagResourceCommand as UntagKeyCommand } from '@aws-sdk/client-kms'
import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import type { PrincipalInput } from '../principal-spec.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'

const account = '111122223333'
const other = '444455556666'
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
})
const ifTeam = { StringEquals: { 'secretsmanager:ResourceTag/team': 'blue' } }
const role = (name: string, ...statements: object[]): PrincipalInput => ({
  type: 'role',
  name,
  policies: { P: policy(...statements) },
})
const tagging = ['secretsmanager:TagResource', 'secretsmanager:UntagResource']

let sandbox: Sandbox
let SecretId: string
let keyArn: string

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const { arns } = await sandbox.reset({
    quotas: 'off',
    exactly: [
      { type: 'key', alias: 'alias/pay', tags: { team: 'blue' } },
      { type: 'secret', name: 'pay/db', tags: { team: 'blue', stage: 'prod' }, kmsKeyId: 'alias/pay', value: 's3cret' },
    ],
    principals: [
      role('byTag', allow('secretsmanager:*', ifTeam)),
      role('byOtherTag', allow(tagging), allow('secretsmanager:GetSecretValue', ifTeam)),
      role(
        'readsAnyway',
        allow(tagging),
        allow('secretsmanager:GetSecretValue', ifTeam),
        allow('secretsmanager:DescribeSecret'),
      ),
      role('onlyTags', allow(tagging)),
      role('untagged', allow('secretsmanager:*'), {
        Effect: 'Deny',
        Action: 'secretsmanager:*',
        Resource: '*',
        Condition: { Null: { 'aws:ResourceTag/team': 'true' } },
      }),
      role('quarantined', allow('secretsmanager:*'), {
        Effect: 'Deny',
        Action: 'secretsmanager:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/quarantine': 'true' } },
      }),
      role(
        'reader',
        allow('secretsmanager:GetSecretValue'),
        allow('kms:Decrypt', { StringEquals: { 'aws:ResourceTag/team': 'blue' } }),
      ),
      { ...role('partner', allow(['secretsmanager:GetSecretValue', 'kms:Decrypt'])), accountId: other },
    ],
  })
  ;[keyArn = '', SecretId = ''] = arns
})

const as = (name: string) => clientsFor(sandbox, { role: name })
const untag = ({ secrets }: Clients, ...TagKeys: string[]) =>
  outcome(secrets.send(new UntagResourceCommand({ SecretId, TagKeys })))
const valueFor = ({ secrets }: Clients) => outcome(secrets.send(new GetSecretValueCommand({ SecretId })))
const lockout = { error: 'AccessDeniedException', message: expect.stringContaining('your own access to the secret') }

describe('a removal after which the caller would have lost its access is refused (M UntagResource)', () => {
  test.each<[rule: string, who: string, tagKey: string, answer: object]>([
    ['the untagging itself hangs on the tag', 'byTag', 'team', lockout],
    ['all that reads or writes hangs on the tag', 'byOtherTag', 'team', lockout],
    ['a deny waits for the tag to be missing', 'untagged', 'team', lockout],
    ['something to read is left', 'readsAnyway', 'team', {}],
    ['there was nothing to read or write before', 'onlyTags', 'team', {}],
    ['the access hangs on another tag', 'byTag', 'stage', {}],
  ])('%s', async (_, who, tagKey, answer) => {
    expect(await untag(await as(who), tagKey)).toMatchObject(answer)
    expect(tagKey in (await sandbox.tagsOf(SecretId))).toBe(answer === lockout)
  })
  test('others may lose theirs', async () => {
    expect(await untag(await clientsFor(sandbox, administrator), 'team')).toEqual({})
    expect(await untag(await as('byTag'), 'stage')).toMatchObject({
      error: 'AccessDeniedException',
      message: expect.stringMatching(
        /because no identity-based policy allows the secretsmanager:UntagResource action$/,
      ),
    })
  })
  test('so is a tag that would lock the caller out', async () => {
    const { secrets } = await as('quarantined')
    const Tags = [{ Key: 'quarantine', Value: 'true' }]
    expect(await outcome(secrets.send(new TagResourceCommand({ SecretId, Tags })))).toMatchObject(lockout)
    expect(await sandbox.tagsOf(SecretId)).not.toHaveProperty('quarantine')
  })
})

describe('GetSecretValue', () => {
  test('gives the value to who may read the secret and decrypt under its key', async () => {
    expect(await valueFor(await as('reader'))).toMatchObject({ SecretString: 's3cret', VersionStages: ['AWSCURRENT'] })
    expect(await valueFor(await as('byTag'))).toMatchObject({
      error: 'AccessDeniedException',
      message: expect.stringContaining('Access to KMS is not allowed'),
    })
  })
  test('is lost with the tag of the key', async () => {
    const { kms } = await clientsFor(sandbox, administrator)
    await kms.send(new UntagKeyCommand({ KeyId: keyArn, TagKeys: ['team'] }))
    expect(await valueFor(await as('reader'))).toHaveProperty('SecretString')
    await sandbox.settings({ authorizationLagMs: 0 })
    expect(await valueFor(await as('reader'))).toMatchObject({ error: 'AccessDeniedException' })
  })
  test('knows the one version, by id or by label', async () => {
    const { secrets } = await clientsFor(sandbox, administrator)
    const get = (input: object) => outcome(secrets.send(new GetSecretValueCommand({ SecretId, ...input })))
    const { VersionId } = await get({})
    expect(await get({ VersionId })).toHaveProperty('SecretString')
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ error: 'ResourceNotFoundException' })
  })
})

describe('the secret’s own policy', () => {
  const shared = policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${other}:role/partner` },
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: ifTeam,
  })
  test('is put, read and deleted', async () => {
    const { secrets } = await clientsFor(sandbox, administrator)
    const get = async () => (await secrets.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy
    await secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: JSON.stringify(shared) }))
    expect(JSON.parse((await get()) ?? '')).toEqual(shared)
    await secrets.send(new DeleteResourcePolicyCommand({ SecretId }))
    expect(await get()).toBeUndefined()
    const malformed = new PutResourcePolicyCommand({ SecretId, ResourcePolicy: '{}' })
    expect(await outcome(secrets.send(malformed))).toMatchObject({ error: 'MalformedPolicyDocumentException' })
  })
  test('lets another account in, as long as the tag is there, and its key as well', async () => {
    const partner = await clientsFor(sandbox, { accountId: other, role: 'partner' })
    const { secrets } = await clientsFor(sandbox, administrator)
    expect(await valueFor(partner)).toMatchObject({
      message: expect.stringContaining(
        'because no resource-based policy allows the secretsmanager:GetSecretValue action',
      ),
    })
    await secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: JSON.stringify(shared) }))
    expect(await valueFor(partner)).toMatchObject({ message: expect.stringContaining('Access to KMS is not allowed') })
    const { kms } = await clientsFor(sandbox, administrator)
    const open = policy(
      ...[account, other].map((id) => ({ ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${id}:root` } })),
    )
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: JSON.stringify(open) }))
    expect(await valueFor(partner)).toMatchObject({ SecretString: 's3cret' })
    await secrets.send(new UntagResourceCommand({ SecretId, TagKeys: ['team'] }))
    expect(await valueFor(partner)).toMatchObject({
      message: expect.stringContaining('because no resource-based policy allows'),
    })
  })
})
