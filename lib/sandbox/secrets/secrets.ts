import type {
  DescribeSecretRequest,
  DescribeSecretResponse,
  ListSecretsRequest,
  SecretListEntry,
} from '@aws-sdk/client-secrets-manager'
import { addDays } from 'date-fns/addDays'
import { type Call, operation } from '../operation.ts'
import { page } from '../paging.ts'
import { readTags } from '../stale-read.ts'
import { regionState, type Secret } from '../state.ts'
import { filterMembers, matches } from './filters.ts'
import { arnIn, findSecret, secretId } from './find-secret.ts'

const sortValues = {
  'created-date': ({ createdAt }: Secret) => createdAt.getTime(),
  'last-accessed-date': ({ accessedAt }: Secret) => accessedAt?.getTime() ?? 0,
  'last-changed-date': ({ changedAt }: Secret) => changedAt.getTime(),
  name: ({ name }: Secret) => name,
} as const

/**
 * A page holds what matches among its window of the whole list, so that a filtered page can be short or empty and
 * still carry NextToken, as AWS says it can.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export const listSecrets = operation<ListSecretsRequest>({
  quota: 'secretsmanager:ListSecrets',
  members: {
    MaxResults: { type: 'integer', min: 1, max: 100 },
    NextToken: { type: 'string', min: 1, max: 4096 },
    Filters: filterMembers,
    IncludePlannedDeletion: { type: 'boolean' },
    SortOrder: { type: 'string', values: ['asc', 'desc'] },
    SortBy: { type: 'string', values: Object.keys(sortValues) },
  },
  run(call, { MaxResults = 100, NextToken, Filters = [], IncludePlannedDeletion, SortOrder, SortBy }) {
    const sortValue = sortValues[SortBy ?? 'created-date']
    const direction = SortOrder === 'asc' ? 1 : -1
    const sorted = [...regionState(call.account, call.region).secrets.values()].sort(
      (one, other) => compare(sortValue(one), sortValue(other)) * direction,
    )
    const listId = JSON.stringify([call.account.id, call.region, Filters, IncludePlannedDeletion, SortOrder, SortBy])
    const badToken = { code: 'InvalidNextTokenException', message: 'The NextToken value is invalid.' }
    const window = page(sorted, MaxResults, NextToken, listId, badToken)
    const shown = window.items.filter(
      (secret) => (IncludePlannedDeletion || !secret.deletedAt) && Filters.every((filter) => matches(filter, secret)),
    )
    return {
      SecretList: shown.map((secret) => listEntry(call, secret)),
      ...(window.next && { NextToken: window.next }),
    }
  },
})

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const describeSecret = operation<DescribeSecretRequest, Secret>({
  quota: 'secretsmanager:DescribeSecret',
  isCrossAccount: true,
  members: { SecretId: secretId },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run: (call, _input, secret) => description(call, secret),
})

function listEntry(call: Call, secret: Secret): SecretListEntry & Record<string, unknown> {
  return { ...metadata(call, secret), SecretVersionsToStages: { [secret.versionId]: ['AWSCURRENT'] } }
}

function description(call: Call, secret: Secret): DescribeSecretResponse & Record<string, unknown> {
  const { replicaRegions, region } = secret
  return {
    ...metadata(call, secret),
    VersionIdsToStages: { [secret.versionId]: ['AWSCURRENT'] },
    ...(call.region === region &&
      replicaRegions.length > 0 && {
        ReplicationStatus: replicaRegions.map((Region) => ({
          Region,
          KmsKeyId: 'alias/aws/secretsmanager',
          Status: 'InSync' as const,
          StatusMessage: 'Replication succeeded',
        })),
      }),
  }
}

function metadata(call: Call, secret: Secret) {
  const { rotationLambdaArn, owningService, deletedAt, accessedAt, replicaRegions, kmsKeyId } = secret
  // A service rotates its own secrets without a function of ours.
  const isRotated = rotationLambdaArn !== undefined || owningService === 'rds'
  const arn = arnIn(secret, call.region)
  return {
    ARN: arn,
    Name: secret.name,
    ...(secret.description && { Description: secret.description }),
    ...(kmsKeyId && { KmsKeyId: kmsKeyId }),
    ...(isRotated && {
      RotationEnabled: true,
      RotationRules: { AutomaticallyAfterDays: 30 },
      LastRotatedDate: secret.changedAt,
      NextRotationDate: addDays(call.now, 30),
    }),
    ...(rotationLambdaArn && { RotationLambdaARN: rotationLambdaArn }),
    LastChangedDate: secret.changedAt,
    ...(accessedAt && { LastAccessedDate: accessedAt }),
    ...(deletedAt && { DeletedDate: deletedAt }),
    Tags: [...readTags(call, secret, arn)].map(([Key, Value]) => ({ Key, Value })),
    ...(owningService && { OwningService: owningService }),
    CreatedDate: secret.createdAt,
    ...(replicaRegions.length > 0 && { PrimaryRegion: secret.region }),
  }
}

function compare(one: string | number, other: string | number): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
