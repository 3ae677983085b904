import type { DeleteSecretRequest, RestoreSecretRequest } from '@aws-sdk/client-secrets-manager'
import { addDays } from 'date-fns/addDays'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import { regionState, type Secret } from '../state.ts'
import { findSecret, secretId } from './find-secret.ts'
import { refuseDeleted, refuseReplica, refuseServiceOwned } from './secret-state.ts'

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const deleteSecret = operation<DeleteSecretRequest, Secret>({
  quota: 'secretsmanager:DeleteSecret',
  isWrite: true,
  members: {
    SecretId: secretId,
    RecoveryWindowInDays: { type: 'integer' },
    ForceDeleteWithoutRecovery: { type: 'boolean' },
  },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, { RecoveryWindowInDays, ForceDeleteWithoutRecovery }, secret) {
    refuseReplica(call, secret)
    refuseDeleted(secret)
    refuseServiceOwned(secret)
    if (ForceDeleteWithoutRecovery && RecoveryWindowInDays !== undefined) {
      throw new AwsError(
        'InvalidParameterException',
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      )
    }
    const windowDays = RecoveryWindowInDays ?? 30
    if (windowDays < 7 || windowDays > 30) {
      throw new AwsError(
        'InvalidParameterException',
        'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
      )
    }
    if (secret.replicaRegions.length > 0) {
      throw new AwsError(
        'InvalidRequestException',
        `You can't delete secret ${secret.name} that still has replica regions [${secret.replicaRegions.join(', ')}]`,
      )
    }
    secret.deletedAt = call.now
    if (ForceDeleteWithoutRecovery) regionState(call.account, call.region).secrets.delete(secret.name)
    const deletionDate = ForceDeleteWithoutRecovery ? call.now : addDays(call.now, windowDays)
    return { ARN: secret.arn, Name: secret.name, DeletionDate: deletionDate }
  },
})

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const restoreSecret = operation<RestoreSecretRequest, Secret>({
  quota: 'secretsmanager:RestoreSecret',
  isWrite: true,
  members: { SecretId: secretId },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, _input, secret) {
    refuseReplica(call, secret)
    delete secret.deletedAt
    return { ARN: secret.arn, Name: secret.name }
  },
})
