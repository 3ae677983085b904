import type { ListSecretVersionIdsRequest } from '@aws-sdk/client-secrets-manager'
import { operation } from '../operation.ts'
import type { Secret } from '../state.ts'
import { arnIn, findSecret, secretId } from './find-secret.ts'

/**
 * A secret has one version here, so one page holds all.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
 */
export const listSecretVersionIds = operation<ListSecretVersionIdsRequest, Secret>({
  quota: 'secretsmanager:ListSecretVersionIds',
  members: {
    SecretId: secretId,
    MaxResults: { type: 'integer', min: 1, max: 100 },
    NextToken: { type: 'string', min: 1, max: 4096 },
    IncludeDeprecated: { type: 'boolean' },
  },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run: (call, _input, secret) => ({
    ARN: arnIn(secret, call.region),
    Name: secret.name,
    Versions: [{ VersionId: secret.versionId, VersionStages: ['AWSCURRENT'], CreatedDate: secret.createdAt }],
  }),
})
