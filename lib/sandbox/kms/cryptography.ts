import { randomBytes } from 'node:crypto'
import type { DecryptRequest, EncryptRequest, GenerateDataKeyRequest } from '@aws-sdk/client-kms'
import type { Constraint, Members } from '../constraints.ts'
import { AwsError } from '../errors.ts'
import { type Call, type KeySubject, operation } from '../operation.ts'
import type { Key } from '../state.ts'
import { keyArnOf, open, seal } from './ciphertext.ts'
import { cryptographicContext } from './cryptographic-context.ts'
import { endDryRun } from './dry-run.ts'
import { findKey, findKeyOrAlias } from './find-key.ts'
import { refuseUnfitState } from './key-state.ts'
import { keyId } from './listing.ts'

/** A request as it stands on the wire: blobs are base64. */
type OnWire<Request> = {
  [Member in keyof Request]: Request[Member] extends Uint8Array | undefined ? string : Request[Member]
}

const blob = (max: number) => ({ type: 'blob', min: 1, max }) as const satisfies Constraint
const common: Members = {
  EncryptionContext: { type: 'map', value: { type: 'string' } },
  EncryptionAlgorithm: { type: 'string', values: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] },
  GrantTokens: { type: 'list', max: 10, member: { type: 'string', min: 1, max: 8192 } },
  DryRun: { type: 'boolean' },
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = operation<OnWire<EncryptRequest>, Key>({
  quota: 'kms:cryptographic',
  isCrossAccount: true,
  members: { KeyId: keyId, Plaintext: { ...blob(4096), required: true }, ...common },
  find: (call, { KeyId = '' }) => findKeyOrAlias(call, KeyId),
  context: cryptographicContext,
  run(call, input, key) {
    refuseUnfit(call, key)
    endDryRun(input)
    noteUse(call, key)
    const sealed = seal(key, Buffer.from(input.Plaintext ?? '', 'base64'), input.EncryptionContext)
    return { KeyId: key.arn, CiphertextBlob: sealed.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = operation<OnWire<DecryptRequest>, Key>({
  quota: 'kms:cryptographic',
  isCrossAccount: true,
  members: {
    KeyId: { ...keyId, required: false },
    CiphertextBlob: blob(6144),
    DryRunModifiers: { type: 'list', member: { type: 'string', values: ['IGNORE_CIPHERTEXT'] } },
    ...common,
  },
  find: findToDecrypt,
  context: cryptographicContext,
  run(call, input, key) {
    refuseUnfit(call, key)
    const ciphertext = ignoresCiphertext(input) ? undefined : Buffer.from(input.CiphertextBlob ?? '', 'base64')
    if (ciphertext && keyIdOf(keyArnOf(ciphertext)) !== key.id) {
      throw new AwsError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      )
    }
    const plaintext = ciphertext && open(key, ciphertext, input.EncryptionContext)
    endDryRun(input)
    noteUse(call, key)
    return { KeyId: key.arn, Plaintext: plaintext?.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = operation<GenerateDataKeyRequest, Key>({
  quota: 'kms:cryptographic',
  isCrossAccount: true,
  members: {
    KeyId: keyId,
    NumberOfBytes: { type: 'integer', min: 1, max: 1024 },
    KeySpec: { type: 'string', values: ['AES_256', 'AES_128'] },
    ...common,
  },
  find: (call, { KeyId = '' }) => findKeyOrAlias(call, KeyId),
  context: cryptographicContext,
  run(call, input, key) {
    refuseUnfit(call, key)
    if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
      throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.')
    }
    endDryRun(input)
    noteUse(call, key)
    const dataKey = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32))
    const sealed = seal(key, dataKey, input.EncryptionContext)
    return { KeyId: key.arn, CiphertextBlob: sealed.toString('base64'), Plaintext: dataKey.toString('base64') }
  },
})

/** Without a KeyId the ciphertext tells the key. */
function findToDecrypt(call: Call, input: OnWire<DecryptRequest>): KeySubject {
  if (input.KeyId !== undefined) return findKeyOrAlias(call, input.KeyId)
  if (input.CiphertextBlob === undefined) {
    throw new AwsError(
      'ValidationException',
      'Either CiphertextBlob, or KeyId with IGNORE_CIPHERTEXT, must be specified.',
    )
  }
  return findKey(call, keyArnOf(Buffer.from(input.CiphertextBlob, 'base64')))
}

/** @throws AwsError ValidationException when there is nothing to decrypt and the modifier does not stand alone */
function ignoresCiphertext({ DryRun, DryRunModifiers, CiphertextBlob }: OnWire<DecryptRequest>): boolean {
  if (DryRun && DryRunModifiers?.includes('IGNORE_CIPHERTEXT')) return true
  if (CiphertextBlob === undefined || DryRunModifiers?.length) {
    throw new AwsError('ValidationException', 'IGNORE_CIPHERTEXT is valid only with DryRun.')
  }
  return false
}

function refuseUnfit(call: Call, key: Key): void {
  if (key.usage !== 'ENCRYPT_DECRYPT') {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for ${call.action.split(':')[1]}.`,
    )
  }
  refuseUnfitState(call.action, key)
}

function noteUse(call: Call, key: Key): void {
  key.lastUsage = { operation: call.action.split(':')[1] ?? '', at: call.now, requestId: call.requestId }
}

function keyIdOf(arn: string): string {
  return arn.split('key/')[1] ?? ''
}
