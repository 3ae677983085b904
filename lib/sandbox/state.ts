import type { GrantListEntry, KeySpec, KeyState, KeyUsageType, OriginType } from '@aws-sdk/client-kms'

export type Tags = ReadonlyMap<string, string>

/** What both nouns share: their tags, and the tags before the last change (for stale reads). */
export interface Tagged {
  readonly arn: string
  tags: Tags
  tagsBefore?: Tags
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
  readonly policy: string
  readonly grants: readonly GrantListEntry[]
  readonly rotationPeriodDays?: number
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
  readonly resourcePolicy?: string
  readonly rotationLambdaArn?: string
  readonly createdAt: Date
  readonly versionId: string
  accessedAt?: Date
  changedAt: Date
  deletedAt?: Date
}

export interface RegionState {
  readonly keys: Map<string, Key>
  readonly aliases: Map<string, Alias>
  readonly secrets: Map<string, Secret>
}

export interface Role {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly arn: string
  readonly trustPolicy: string
  readonly description: string
  readonly maxSessionSeconds: number
  readonly createdAt: Date
}

export interface User {
  readonly name: string
  readonly id: string
  readonly arn: string
  readonly createdAt: Date
}

export interface Account {
  readonly id: string
  readonly regions: Map<string, RegionState>
  readonly roles: Map<string, Role>
  readonly users: Map<string, User>
}

/** The account's state in a Region, made on first use. */
export function regionState(account: Account, region: string): RegionState {
  const known = account.regions.get(region)
  if (known) return known
  const made: RegionState = { keys: new Map(), aliases: new Map(), secrets: new Map() }
  account.regions.set(region, made)
  return made
}

/** Sets the tags and keeps the former ones, which a stale read shows. */
export function changeTags(resource: Tagged, change: (tags: Map<string, string>) => void): void {
  const next = new Map(resource.tags)
  change(next)
  resource.tagsBefore = resource.tags
  resource.tags = next
}
