import type { GrantListEntry, KeySpec, KeyState, KeyUsageType, OriginType } from '@aws-sdk/client-kms'
import type { Group, ManagedPolicy, Role, User } from './iam/identities.ts'

export type Tags = ReadonlyMap<string, string>

/** What both nouns share: their tags now, and those of before, oldest first (for stale reads and for the lag). */
export interface Tagged {
  readonly arn: string
  tags: Tags
  formerTags?: readonly FormerTags[]
}

interface FormerTags {
  readonly tags: Tags
  readonly until: Date
}

export interface Key extends Tagged {
  readonly id: string
  readonly region: string
  readonly manager: 'AWS' | 'CUSTOMER'
  readonly description: string
  readonly origin: OriginType
  readonly spec: KeySpec
  readonly usage: KeyUsageType
  /** Present on multi-Region keys only. Siblings carry the same id; all else, tags included, is each key's own. */
  readonly primaryRegion?: string
  readonly createdAt: Date
  /** Names of its aliases, `alias/…`. */
  readonly aliasNames: readonly string[]
  readonly rotationPeriodDays?: number
  policy: string
  grants: readonly GrantListEntry[]
  lastUsage?: { readonly operation: string; readonly at: Date; readonly requestId: string }
  state: KeyState
  deletionAt?: Date
}

export interface Alias {
  readonly name: string
  readonly arn: string
  /** Absent for AWS's predefined aliases whose key was never made. */
  readonly targetKeyId?: string
  readonly createdAt: Date
}

/** One secret; its replicas are the same object in other Regions, because their metadata follows the primary. */
export interface Secret extends Tagged {
  readonly name: string
  /** Where the secret is written: the primary Region when it has replicas. */
  readonly region: string
  readonly replicaRegions: readonly string[]
  readonly description: string
  readonly kmsKeyId?: string
  readonly owningService?: string
  readonly rotationLambdaArn?: string
  readonly createdAt: Date
  readonly versionId: string
  readonly value: string
  resourcePolicy?: string
  accessedAt?: Date
  changedAt: Date
  deletedAt?: Date
}

export interface RegionState {
  readonly keys: Map<string, Key>
  readonly aliases: Map<string, Alias>
  readonly secrets: Map<string, Secret>
}

export interface Account {
  readonly id: string
  readonly regions: Map<string, RegionState>
  readonly roles: Map<string, Role>
  readonly users: Map<string, User>
  readonly groups: Map<string, Group>
  /** Customer managed policies by ARN. */
  readonly policies: Map<string, ManagedPolicy>
}

/** The account's state in a Region, made on first use. */
export function regionState(account: Account, region: string): RegionState {
  const known = account.regions.get(region)
  if (known) return known
  const made: RegionState = { keys: new Map(), aliases: new Map(), secrets: new Map() }
  account.regions.set(region, made)
  return made
}

// Longer than any lag that a setting allows; what ended before is of no more use.
const formerTagsMs = 3_600_000

/** Sets the tags and keeps the former ones. */
export function changeTags(resource: Tagged, tags: Tags, now = new Date()): void {
  const recent = (resource.formerTags ?? []).filter(({ until }) => now.getTime() - until.getTime() < formerTagsMs)
  resource.formerTags = [...recent, { tags: resource.tags, until: now }]
  resource.tags = tags
}

/** The tags as they were at that time, as far back as an hour. */
export function tagsAt(resource: Tagged, at: Date): Tags {
  return resource.formerTags?.find(({ until }) => until > at)?.tags ?? resource.tags
}
