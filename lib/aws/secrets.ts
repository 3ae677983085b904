import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretListEntry,
  type Tag as ServiceTag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-secrets-manager'
import { type Arn, parseArn, regionOf } from '../arn.ts'
import { ExpectedError } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { sortTags, type Tag } from '../tag.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'
import { translatedPages } from './translated-pages.ts'
import { wholeTags } from './whole-tags.ts'

// The maximum. Secrets Manager API Reference, "ListSecrets".
const SECRETS_PER_PAGE = 100

/** What is known of a secret with its tags; never its value. */
export interface SecretFacts extends Omit<Resource, 'type' | 'tags' | 'problem'> {
  tags: Tag[]
  /** Whether it has, or is, a copy in another Region. */
  isReplicated: boolean
  rotation: { isEnabled: boolean; lastAt: string | null; nextAt: string | null; rule: string | null }
}

/**
 * The secrets of a Region with their tags, those marked for deletion included, a page at a time; pages may be empty.
 * Changes of the last five minutes may be missing, and replicas of a primary secret are not told: {@link describeSecret}.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export async function* listSecrets(aws: Aws, region: string): AsyncGenerator<SecretFacts[]> {
  const pages = paginateListSecrets(
    { client: aws.secrets(region), pageSize: SECRETS_PER_PAGE },
    { IncludePlannedDeletion: true },
  )
  for await (const page of translatedPages({ operation: 'secretsmanager:ListSecrets', region }, pages)) {
    yield (page.SecretList ?? []).flatMap((entry) => (entry.ARN ? secretFacts(entry.ARN, entry, []) : []))
  }
}

/**
 * The facts and tags of one secret, fresher than the listing.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`, `invalidTag`
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
export async function describeSecret(aws: Aws, arn: Arn): Promise<SecretFacts> {
  const at = { operation: 'secretsmanager:DescribeSecret', resource: arn }
  return translated(at, async () => {
    const answer = await aws.secrets(regionOf(arn)).send(new DescribeSecretCommand({ SecretId: arn }))
    if (!answer.ARN)
      throw new ExpectedError(
        'notAws',
        `${at.operation} for \`${arn}\`: the answer holds no secret; is the endpoint AWS?`,
      )
    const replicaRegions = (answer.ReplicationStatus ?? []).flatMap(({ Region }) => Region ?? [])
    const facts = secretFacts(arn, answer, replicaRegions)
    return { ...facts, tags: wholeTags({ operation: at.operation, arn, tags: facts.tags }) }
  })
}

function secretFacts(arn: Arn, entry: SecretListEntry, replicaRegions: string[]): SecretFacts {
  const region = regionOf(arn)
  const { RotationRules: rules } = entry
  // ARNs of a secret and its replicas differ in the Region only. Secrets Manager User Guide, "Replicate secrets".
  const inRegion = (other: string) => arn.replace(`:${region}:`, `:${other}:`)
  const family = new Set([entry.PrimaryRegion ?? region, ...replicaRegions])
  family.delete(region)
  return {
    arn,
    account: parseArn(arn)?.account ?? '',
    region,
    name: entry.Name ?? arn,
    aliases: [],
    description: entry.Description ?? '',
    state: entry.DeletedDate ? 'PendingDeletion' : 'Enabled',
    manager: entry.OwningService ?? 'customer',
    createdAt: entry.CreatedDate?.toISOString() ?? null,
    deletionAt: entry.DeletedDate?.toISOString() ?? null,
    primaryRegion: entry.PrimaryRegion && entry.PrimaryRegion !== region ? entry.PrimaryRegion : null,
    siblings: [...family].map(inRegion),
    tags: sortTags((entry.Tags ?? []).map(toTag)),
    isReplicated: entry.PrimaryRegion !== undefined || replicaRegions.length > 0,
    kmsKeyId: entry.KmsKeyId ?? null,
    rotation: {
      isEnabled: entry.RotationEnabled ?? false,
      lastAt: entry.LastRotatedDate?.toISOString() ?? null,
      nextAt: entry.NextRotationDate?.toISOString() ?? null,
      rule:
        rules?.ScheduleExpression ??
        (rules?.AutomaticallyAfterDays ? `every ${rules.AutomaticallyAfterDays} days` : null),
    },
  }
}

const toTag = ({ Key = '', Value = '' }: ServiceTag): Tag => ({ key: Key, value: Value })

/**
 * Sends one UntagResource for all these tag keys of a secret and returns the id of the request. It changes neither the
 * value nor its versions. An answer without error proves nothing: a tag key that was never there gets the same.
 *
 * @throws ExpectedError `markedForDeletion`, `lockoutRefused` (the caller would lose its own access), `refusedByService`
 * (replica, or owned by another service), `denied`, `throttled`, `unknownOutcome`, `notFound`
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export async function untagSecret(aws: Aws, arn: Arn, tagKeys: readonly string[]): Promise<string> {
  return translated({ operation: 'secretsmanager:UntagResource', resource: arn }, async () => {
    const command = new UntagResourceCommand({ SecretId: arn, TagKeys: [...tagKeys] })
    const { $metadata } = await aws.secretsWriter(regionOf(arn)).send(command)
    return $metadata.requestId ?? ''
  })
}

/**
 * Sends one TagResource with all these tags and returns the id of the request. A tag key that is there gets the value.
 *
 * @throws ExpectedError as {@link untagSecret}
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html
 */
export async function tagSecret(aws: Aws, arn: Arn, tags: readonly Tag[]): Promise<string> {
  return translated({ operation: 'secretsmanager:TagResource', resource: arn }, async () => {
    const command = new TagResourceCommand({
      SecretId: arn,
      Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })),
    })
    const { $metadata } = await aws.secretsWriter(regionOf(arn)).send(command)
    return $metadata.requestId ?? ''
  })
}

/**
 * The resource policy of a secret, as JSON text; null when there is none.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 */
export async function readSecretPolicy(aws: Aws, arn: Arn): Promise<string | null> {
  return translated({ operation: 'secretsmanager:GetResourcePolicy', resource: arn }, async () => {
    const { ResourcePolicy } = await aws.secrets(regionOf(arn)).send(new GetResourcePolicyCommand({ SecretId: arn }))
    return ResourcePolicy ?? null
  })
}
