import {
  CreateGrantCommand,
  DecryptCommand,
  type DecryptCommandInput,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/app`
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const delegation = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const onlyPay = {
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  Condition: { StringEquals: { 'kms:EncryptionContext:app': 'pay' } },
}
const byAlias = {
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: '*',
  Condition: { StringEquals: { 'kms:RequestAlias': 'alias/pay' } },
}

let sandbox: Sandbox
let admin: Clients
let app: Clients
let KeyId: string
let otherKey: string

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const { arns } = await sandbox.reset({
    exactly: [
      { type: 'key', alias: 'alias/pay' },
      { type: 'key' },
      { type: 'key', keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' },
    ],
    quotas: 'off',
    principals: [
      { type: 'role', name: 'app' },
      { type: 'role', name: 'pay', policies: { P: policy(onlyPay) } },
      { type: 'role', name: 'aliased', policies: { P: policy(byAlias) } },
    ],
  })
  ;[KeyId = '', otherKey = ''] = arns
  admin = await clientsFor(sandbox, administrator)
  app = await clientsFor(sandbox, { role: 'app' })
})

const Plaintext = Buffer.from('hello')
const encrypt = ({ kms }: Clients, input: object = {}) =>
  outcome(kms.send(new EncryptCommand({ KeyId, Plaintext, ...input })))
const decrypt = ({ kms }: Clients, input: DecryptCommandInput) => outcome(kms.send(new DecryptCommand(input)))
const denied = { error: 'AccessDeniedException' }
const dryRunYes = { error: 'DryRunOperationException', status: 400 }

describe('a round trip', () => {
  test('what was encrypted is decrypted, with the key that the ciphertext names', async () => {
    const { CiphertextBlob } = await admin.kms.send(new EncryptCommand({ KeyId: 'alias/pay', Plaintext }))
    const { Plaintext: again, KeyId: usedKey } = await admin.kms.send(new DecryptCommand({ CiphertextBlob }))
    expect([Buffer.from(again ?? []).toString(), usedKey]).toEqual(['hello', KeyId])
  })
  test('a data key comes plain and encrypted', async () => {
    const made = await admin.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))
    expect(made.Plaintext).toHaveLength(32)
    const { Plaintext: again } = await admin.kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }))
    expect(again).toEqual(made.Plaintext)
  })
  test('another encryption context, another key and another text do not decrypt', async () => {
    const EncryptionContext = { app: 'pay' }
    const { CiphertextBlob } = await admin.kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))
    const invalid = { error: 'InvalidCiphertextException', status: 400 }
    expect(await decrypt(admin, { CiphertextBlob })).toMatchObject(invalid)
    expect(await decrypt(admin, { CiphertextBlob, EncryptionContext, KeyId: otherKey })).toMatchObject({
      error: 'IncorrectKeyException',
    })
    expect(await decrypt(admin, { CiphertextBlob: Buffer.from('x'), EncryptionContext })).toMatchObject(invalid)
    expect(await decrypt(admin, { CiphertextBlob, EncryptionContext })).toHaveProperty('Plaintext')
  })
  test('a disabled key and a key for something else do not encrypt', async () => {
    await admin.kms.send(new DisableKeyCommand({ KeyId }))
    expect(await encrypt(admin)).toMatchObject({ error: 'DisabledException' })
    const hmac = (await sandbox.resources()).at(-1)?.arn
    expect(await encrypt(admin, { KeyId: hmac })).toMatchObject({ error: 'InvalidKeyUsageException' })
  })
  test('an empty text and one of more than 4 KiB are not encrypted (M)', async () => {
    for (const size of [0, 4_097]) {
      expect(await encrypt(admin, { Plaintext: Buffer.alloc(size) })).toMatchObject({ error: 'ValidationException' })
    }
    expect(await encrypt(admin, { Plaintext: Buffer.alloc(4_096) })).toHaveProperty('CiphertextBlob')
  })
  test('the last use is told; before the first one only since when uses are tracked', async () => {
    const lastUsage = () => outcome(admin.kms.send(new GetKeyLastUsageCommand({ KeyId })))
    expect(await lastUsage()).toEqual({
      KeyId,
      KeyCreationDate: expect.any(Date),
      TrackingStartDate: expect.any(Date),
    })
    await encrypt(admin)
    expect(await lastUsage()).toMatchObject({ KeyLastUsage: { Operation: 'Encrypt', Timestamp: expect.any(Date) } })
  })
})

describe('DryRun: the yes is an error of its own, the no is the plain one (aws-facts §1.7)', () => {
  const DryRun = true
  test.each<[what: string, ask: (who: Clients) => Promise<unknown>]>([
    ['Encrypt', (who) => encrypt(who, { DryRun })],
    [
      'GenerateDataKey',
      ({ kms }) => outcome(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', DryRun }))),
    ],
    ['Decrypt without a ciphertext', (who) => decrypt(who, { KeyId, DryRun, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })],
    [
      'CreateGrant',
      ({ kms }) =>
        outcome(kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: role, Operations: ['Decrypt'], DryRun }))),
    ],
  ])('%s', async (_, ask) => {
    expect(await ask(admin)).toMatchObject(dryRunYes)
    expect(await ask(app)).toMatchObject(denied)
    expect(await outcome(admin.kms.send(new ListGrantsCommand({ KeyId })))).toMatchObject({ Grants: [] })
  })
  test('IGNORE_CIPHERTEXT goes with DryRun only', async () => {
    expect(await decrypt(admin, { KeyId, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })).toMatchObject({
      error: 'ValidationException',
    })
  })
})

describe('conditions on the request', () => {
  test('the encryption context', async () => {
    const pay = await clientsFor(sandbox, { role: 'pay' })
    expect(await encrypt(pay, { EncryptionContext: { app: 'pay' } })).toHaveProperty('CiphertextBlob')
    expect(await encrypt(pay, { EncryptionContext: { app: 'hr' } })).toMatchObject(denied)
    expect(await encrypt(pay)).toMatchObject(denied)
  })
  test('the alias by which the request names the key', async () => {
    const aliased = await clientsFor(sandbox, { role: 'aliased' })
    expect(await encrypt(aliased, { KeyId: 'alias/pay' })).toHaveProperty('CiphertextBlob')
    expect(await encrypt(aliased, { KeyId: `arn:aws:kms:eu-central-1:${account}:alias/pay` })).toHaveProperty('KeyId')
    expect(await encrypt(aliased)).toMatchObject(denied)
  })
})

describe('grants', () => {
  const create = (input: object = {}) =>
    admin.kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: role, Operations: ['Encrypt'], ...input }))
  test('allow their operations until they are revoked', async () => {
    const { GrantId } = await create()
    expect(await encrypt(app)).toHaveProperty('CiphertextBlob')
    expect(await outcome(app.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })))).toMatchObject(denied)
    await admin.kms.send(new RevokeGrantCommand({ KeyId, GrantId }))
    expect(await encrypt(app)).toMatchObject(denied)
  })
  test('hold to their constraints', async () => {
    await create({ Constraints: { EncryptionContextSubset: { app: 'pay' } } })
    expect(await encrypt(app, { EncryptionContext: { app: 'pay', step: '1' } })).toHaveProperty('CiphertextBlob')
    expect(await encrypt(app)).toMatchObject(denied)
  })
  test('are listed as they were made, and one that is not there cannot be revoked', async () => {
    const { GrantId } = await create({ Name: 'nightly' })
    const { Grants } = await admin.kms.send(new ListGrantsCommand({ KeyId, GranteePrincipal: role }))
    expect(Grants).toMatchObject([
      { GrantId, Name: 'nightly', KeyId, Operations: ['Encrypt'], IssuingAccount: `arn:aws:iam::${account}:root` },
    ])
    expect(await outcome(admin.kms.send(new RevokeGrantCommand({ KeyId, GrantId: 'none' })))).toMatchObject({
      error: 'NotFoundException',
    })
  })
})

describe('PutKeyPolicy', () => {
  const put = (document: object, input: object = {}) =>
    outcome(admin.kms.send(new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify(document), ...input })))
  const forApp = policy({ Effect: 'Allow', Principal: { AWS: role }, Action: 'kms:*', Resource: '*' })
  test('counts at once', async () => {
    const named = policy(delegation, {
      Effect: 'Allow',
      Principal: { AWS: role },
      Action: 'kms:Encrypt',
      Resource: '*',
    })
    expect(await put(named)).toEqual({})
    expect(await encrypt(app)).toHaveProperty('CiphertextBlob')
    const { Policy } = await admin.kms.send(new GetKeyPolicyCommand({ KeyId }))
    expect(JSON.parse(Policy ?? '')).toEqual(named)
  })
  test('is refused where the caller could not put another one, unless the check is left out', async () => {
    expect(await put(forApp)).toMatchObject({ error: 'MalformedPolicyDocumentException', status: 400 })
    expect(await put(forApp, { BypassPolicyLockoutSafetyCheck: true })).toEqual({})
    expect(await put(policy(delegation))).toMatchObject(denied)
  })
  test.each([['{}'], ['no JSON'], ['{"Statement":[{"Effect":"Maybe"}]}']])('refuses %s', async (Policy) => {
    expect(await outcome(admin.kms.send(new PutKeyPolicyCommand({ KeyId, Policy })))).toMatchObject({
      error: 'MalformedPolicyDocumentException',
    })
  })
})
