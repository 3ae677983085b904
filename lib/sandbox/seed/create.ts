import type { GrantListEntry, KeySpec, KeyState, KeyUsageType, OriginType } from '@aws-sdk/client-kms'
import { addDays } from 'date-fns/addDays'
import { pickCharacters, pickUuid, type Random } from '../random.ts'
import { type Account, type Key, regionState, type Secret, type Tags } from '../state.ts'
import { defaultKeyPolicy } from './policies.ts'

export interface KeyPlan {
  readonly region: string
  readonly tags: Tags
  readonly manager?: 'AWS' | 'CUSTOMER'
  readonly aliases?: readonly string[]
  readonly description?: string
  readonly state?: KeyState
  readonly origin?: OriginType
  readonly spec?: KeySpec
  readonly usage?: KeyUsageType
  readonly policy?: string
  readonly grants?: readonly GrantListEntry[]
  readonly rotationPeriodDays?: number
  readonly createdAt?: Date
  /** Region → the tags that the replica there carries. */
  readonly replicas?: ReadonlyMap<string, Tags>
}

export interface SecretPlan {
  readonly region: string
  readonly name: string
  readonly tags: Tags
  readonly description?: string
  readonly kmsKeyId?: string
  readonly owningService?: string
  readonly resourcePolicy?: string
  readonly rotationLambdaArn?: string
  readonly replicaRegions?: readonly string[]
  readonly createdAt?: Date
  readonly accessedAt?: Date
  readonly isDeleted?: boolean
  readonly value?: string
}

const firstDay = new Date('2024-03-01T08:00:00Z')

/** Puts the key, its replicas and its aliases into the account; the ARNs, the primary's first. */
export function createKey(account: Account, random: Random, plan: KeyPlan): string[] {
  const replicas = plan.replicas ?? new Map<string, Tags>()
  const isMultiRegion = replicas.size > 0
  const id = isMultiRegion ? `mrk-${pickCharacters(random, '0123456789abcdef', 32)}` : pickUuid(random)
  const createdAt = plan.createdAt ?? firstDay
  const state = plan.state ?? 'Enabled'

  const places = [[plan.region, plan.tags] as const, ...replicas]
  return places.map(([region, tags]) => {
    const arn = `arn:aws:kms:${region}:${account.id}:key/${id}`
    const key: Key = {
      id,
      arn,
      region,
      tags,
      state,
      createdAt,
      manager: plan.manager ?? 'CUSTOMER',
      description: plan.description ?? '',
      origin: plan.origin ?? 'AWS_KMS',
      spec: plan.spec ?? 'SYMMETRIC_DEFAULT',
      usage: plan.usage ?? 'ENCRYPT_DECRYPT',
      aliasNames: plan.aliases ?? [],
      policy: plan.policy ?? defaultKeyPolicy(account.id),
      grants: (plan.grants ?? []).map((grant) => ({ ...grant, KeyId: arn })),
      ...(plan.rotationPeriodDays && { rotationPeriodDays: plan.rotationPeriodDays }),
      ...(isMultiRegion && { primaryRegion: plan.region }),
      ...(state === 'PendingDeletion' && { deletionAt: addDays(new Date(), 12) }),
    }
    const { keys, aliases } = regionState(account, region)
    keys.set(id, key)
    for (const name of plan.aliases ?? []) {
      const aliasArn = `arn:aws:kms:${region}:${account.id}:${name}`
      aliases.set(name, { name, arn: aliasArn, targetKeyId: id, createdAt })
    }
    return arn
  })
}

/** Puts the secret into its Region and its replicas' Regions; the ARNs, the primary's first. */
export function createSecret(account: Account, random: Random, plan: SecretPlan): string[] {
  const { region, name, tags, isDeleted, replicaRegions = [], description = '', createdAt = firstDay, ...rest } = plan
  const suffix = pickCharacters(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 6)
  const arnAt = (place: string) => `arn:aws:secretsmanager:${place}:${account.id}:secret:${name}-${suffix}`
  const secret: Secret = {
    ...rest,
    arn: arnAt(region),
    name,
    region,
    replicaRegions,
    description,
    tags,
    createdAt,
    versionId: pickUuid(random),
    value: plan.value ?? JSON.stringify({ username: 'app', password: 'EXAMPLE-PASSWORD' }),
    changedAt: createdAt,
    ...(isDeleted && { deletedAt: addDays(new Date(), -3) }),
  }
  const places = [region, ...replicaRegions]
  for (const place of places) regionState(account, place).secrets.set(name, secret)
  return places.map(arnAt)
}
