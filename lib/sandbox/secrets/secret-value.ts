import type { GetSecretValueRequest } from '@aws-sdk/client-secrets-manager'
import { isAllowed } from '../authorize.ts'
import { AwsError, refusal } from '../errors.ts'
import { findKeyOrAlias } from '../kms/find-key.ts'
import { keyFacts } from '../kms/key-facts.ts'
import { refuseUnfitState } from '../kms/key-state.ts'
import { type Call, operation, type RequestContext } from '../operation.ts'
import { accountOf, ownerOf } from '../principals.ts'
import type { Key, Secret } from '../state.ts'
import { arnIn, findSecret, secretId } from './find-secret.ts'
import { refuseDeleted } from './secret-state.ts'

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const getSecretValue = operation<GetSecretValueRequest, Secret>({
  quota: 'secretsmanager:GetSecretValue',
  isCrossAccount: true,
  members: {
    SecretId: secretId,
    VersionId: { type: 'string', min: 32, max: 64 },
    VersionStage: { type: 'string', min: 1, max: 256 },
  },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  context: ({ VersionId, VersionStage }) => ({
    ...(VersionId && { 'secretsmanager:VersionId': VersionId }),
    ...(VersionStage && { 'secretsmanager:VersionStage': VersionStage }),
  }),
  run(call, { VersionId, VersionStage = 'AWSCURRENT' }, secret) {
    refuseDeleted(secret)
    if ((VersionId ?? secret.versionId) !== secret.versionId || VersionStage !== 'AWSCURRENT') {
      const text = `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`
      throw new AwsError('ResourceNotFoundException', text)
    }
    decryptAsCaller(call, secret)
    secret.accessedAt = call.now
    return {
      ARN: arnIn(secret, call.region),
      Name: secret.name,
      VersionId: secret.versionId,
      VersionStages: ['AWSCURRENT'],
      SecretString: secret.value,
      CreatedDate: secret.createdAt,
    }
  },
})

/**
 * The value is decrypted with the caller's own permission for the key: a customer managed one must allow it, and the
 * AWS managed one, which a secret has by default, serves its own account only.
 *
 * @throws AwsError AccessDeniedException
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
function decryptAsCaller(call: Call, secret: Secret): void {
  const ownerId = ownerOf(secret.arn)
  const owner = { ...call, account: accountOf(call.world.accounts, ownerId) }
  const isOwn = ownerId === call.account.id
  const key = keyOf(owner, secret)
  const isServed = key ? isAllowed(call, keyFacts(call, key), 'kms:Decrypt', decryptContext(call, secret)) : isOwn
  if (!isServed) throw refusal('json', 'accessDenied', 'Access to KMS is not allowed')
  if (key) refuseUnfitState('kms:Decrypt', key)
}

/** The customer managed key that encrypts the secret here; a replica has a key of its own, which the sandbox leaves out. */
function keyOf(owner: Call, { kmsKeyId, region }: Secret): Key | undefined {
  if (kmsKeyId === undefined || region !== owner.region) return undefined
  const { resource: key } = findKeyOrAlias(owner, kmsKeyId)
  return key?.manager === 'CUSTOMER' ? key : undefined
}

function decryptContext({ region }: Call, { arn, versionId }: Secret): RequestContext {
  return {
    'aws:CalledVia': ['secretsmanager.amazonaws.com'],
    'aws:ViaAWSService': 'true',
    'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:EncryptionContext:SecretARN': arn,
    'kms:EncryptionContext:SecretVersionId': versionId,
    'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
  }
}
