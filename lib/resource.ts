import type { Arn } from './arn.ts'
import type { Problem } from './errors.ts'
import type { Tag } from './tag.ts'

export type ResourceType = 'key' | 'secret'

/** The service's word for each type, as it stands in ARNs and IAM actions. */
export const serviceOf = { key: 'kms', secret: 'secretsmanager' } as const satisfies Record<ResourceType, string>

/**
 * States of keys as DescribeKey spells them; a secret is `Enabled`, or `PendingDeletion` once it is marked for deletion.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export const resourceStates = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
] as const
export type ResourceState = (typeof resourceStates)[number]

/** Facts about one key or secret as a scan finds them. */
export interface Resource {
  arn: Arn
  type: ResourceType
  account: string
  region: string
  /** A key's first alias (without `alias/`), else its description, else its id; a secret's name. */
  name: string
  aliases: string[]
  description: string
  state: ResourceState | 'unknown'
  /** `customer`, `AWS` (AWS managed key), or the service that owns the secret, for example `rds`. */
  manager: string
  /** ISO 8601, UTC. When a deletion is planned: the day on which it happens or happened. */
  createdAt: string | null
  deletionAt: string | null
  /** Set for a secret that is a replica: the Region in which it must be changed. */
  primaryRegion: string | null
  /** Other members of the same multi-Region key or replicated secret. */
  siblings: Arn[]
  /** ARN, id or alias of the key that encrypts a secret; null for the account's `aws/secretsmanager`, and of keys. */
  kmsKeyId: string | null
  /** Null when the tags could not be read; `problem` then says why. */
  tags: Tag[] | null
  problem: Problem | null
}
