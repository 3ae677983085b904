import type { GetSecretValueRequest } from '@aws-sdk/client-secrets-manager'
import { isAllowed } from '../authorize.ts'
import { AwsError, refusal } from '../errors.ts'
import { findKeyOrAlias } from '../kms/find-key.ts'
import { refuseUnfitState } from '../kms/key-state.ts'
import { type Call, operation } from '../operation.ts'
import type { Secret } from '../state.ts'
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
 * The value of a secret under a customer managed key is decrypted with the caller's own permission for the key.
 *
 * @throws AwsError AccessDeniedException
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function decryptAsCaller(call: Call, secret: Secret): void {
  if (!secret.kmsKeyId || secret.region !== call.region) return
  const { arn, resource: key, facts } = findKeyOrAlias(call, secret.kmsKeyId)
  if (key?.manager === 'AWS') return
  const context = {
    'aws:CalledVia': ['secretsmanager.amazonaws.com'],
    'aws:ViaAWSService': 'true',
    'kms:ViaService': `secretsmanager.${call.region}.amazonaws.com`,
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:EncryptionContext:SecretARN': secret.arn,
    'kms:EncryptionContext:SecretVersionId': secret.versionId,
    'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
  }
  if (!key || !facts || !isAllowed(call, facts, 'kms:Decrypt', context)) {
    throw refusal('json', 'accessDenied', `Access to KMS is not allowed: ${arn}`)
  }
  refuseUnfitState('kms:Decrypt', key)
}
