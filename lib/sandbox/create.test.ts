import { CreateKeyCommand, DescribeKeyCommand, type Tag } from '@aws-sdk/client-kms'
import { CreateSecretCommand, DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, outcome } from './testing.ts'

const allowing = (...Action: string[]) => ({
  P: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
})

let sandbox: Sandbox
let aws: Clients

beforeAll(async () => {
  sandbox = await startSandbox({
    exactly: [],
    principals: [
      { type: 'role', name: 'creator', policies: allowing('kms:CreateKey', 'secretsmanager:CreateSecret') },
      { type: 'role', name: 'reader', policies: allowing('kms:DescribeKey') },
    ],
  })
  aws = await clientsFor(sandbox, administrator)
})
afterAll(() => sandbox.stop())

const createKey = ({ kms }: Clients, ...Tags: Tag[]) => outcome(kms.send(new CreateKeyCommand({ Tags })))
const createSecret = ({ secrets }: Clients, Name: string, ...Tags: { Key: string; Value: string }[]) =>
  outcome(secrets.send(new CreateSecretCommand({ Name, Tags, SecretString: 'EXAMPLE' })))

test('a key is there at once, with its tags and a policy that leaves it to IAM', async () => {
  const { kms } = aws
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({ Description: 'new', Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  )
  expect(KeyMetadata).toMatchObject({ KeyState: 'Enabled', KeyManager: 'CUSTOMER', Description: 'new' })
  const arn = KeyMetadata?.Arn ?? ''
  expect(await sandbox.tagsOf(arn)).toEqual({ a: 'b' })
  const reader = await clientsFor(sandbox, { role: 'reader' })
  expect(await outcome(reader.kms.send(new DescribeKeyCommand({ KeyId: arn })))).toHaveProperty('KeyMetadata')
})

test('a secret is there at once, with its tags and its value; its name is taken then', async () => {
  const { secrets } = aws
  await createSecret(aws, 'new', { Key: 'a', Value: 'b' })
  expect(await outcome(secrets.send(new DescribeSecretCommand({ SecretId: 'new' })))).toMatchObject({
    Name: 'new',
    Tags: [{ Key: 'a', Value: 'b' }],
  })
  expect(await outcome(secrets.send(new GetSecretValueCommand({ SecretId: 'new' })))).toMatchObject({
    SecretString: 'EXAMPLE',
  })
  expect(await createSecret(aws, 'new')).toMatchObject({ error: 'ResourceExistsException' })
})

test('creating with tags needs the permission to tag', async () => {
  const creator = await clientsFor(sandbox, { role: 'creator' })
  const denied = (action: string) => ({ error: 'AccessDeniedException', message: expect.stringContaining(action) })
  expect(await createKey(creator)).toHaveProperty('KeyMetadata')
  expect(await createKey(creator, { TagKey: 'a', TagValue: 'b' })).toMatchObject(denied('kms:TagResource'))
  expect(await createSecret(creator, 'plain')).toHaveProperty('ARN')
  expect(await createSecret(creator, 'tagged', { Key: 'a', Value: 'b' })).toMatchObject(
    denied('secretsmanager:TagResource'),
  )
  expect(await createKey(await clientsFor(sandbox, { role: 'reader' }))).toMatchObject(denied('kms:CreateKey'))
})
