import {
  DescribeKeyCommand,
  type KeyMetadata,
  paginateListAliases,
  paginateListKeys,
  paginateListResourceTags,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms'
import { type Arn, keyIdOf, parseArn, regionOf } from '../arn.ts'
import { ExpectedError } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { sortTags, type Tag } from '../tag.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'
import { translatedPages } from './translated-pages.ts'
import { wholeTags } from './whole-tags.ts'

// Page sizes are the maxima of the API. KMS API Reference, "ListKeys", "ListAliases", "ListResourceTags".
const KEYS_PER_PAGE = 1000
const ALIASES_PER_PAGE = 100
const TAGS_PER_PAGE = 50

/** What DescribeKey tells about a key; aliases and tags are not in it. */
export interface KeyFacts extends Omit<Resource, 'type' | 'tags' | 'problem'> {
  keySpec: string | null
  keyUsage: string | null
  origin: string | null
  multiRegion: boolean | null
  multiRegionKeyType: 'PRIMARY' | 'REPLICA' | null
}

/**
 * The ARNs of all keys of a Region, those that AWS manages included, a page at a time.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html
 */
export async function* listKeyArns(aws: Aws, region: string): AsyncGenerator<Arn[]> {
  const pages = paginateListKeys({ client: aws.kms(region), pageSize: KEYS_PER_PAGE }, {})
  for await (const page of translatedPages({ operation: 'kms:ListKeys', region }, pages)) {
    yield (page.Keys ?? []).flatMap(({ KeyArn }) => KeyArn ?? [])
  }
}

/**
 * Aliases of a Region, or of one of its keys, without `alias/`, each with the id of its key. Those that AWS reserved for
 * keys not yet made are left out.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
 */
export async function* listAliases(
  aws: Aws,
  region: string,
  keyArn?: Arn,
): AsyncGenerator<{ keyId: string; alias: string }[]> {
  const pages = paginateListAliases(
    { client: aws.kms(region), pageSize: ALIASES_PER_PAGE },
    keyArn === undefined ? {} : { KeyId: keyArn },
  )
  for await (const page of translatedPages({ operation: 'kms:ListAliases', resource: keyArn, region }, pages)) {
    yield (page.Aliases ?? []).flatMap(({ AliasName, TargetKeyId }) =>
      AliasName && TargetKeyId ? { keyId: TargetKeyId, alias: AliasName.replace(/^alias\//, '') } : [],
    )
  }
}

/**
 * The facts of one key. Only ever asked by key ARN: describing a predefined alias of AWS would create its key.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 */
export async function describeKey(aws: Aws, arn: Arn): Promise<KeyFacts> {
  const at = { operation: 'kms:DescribeKey', resource: arn }
  return translated(at, async () => {
    const { KeyMetadata } = await aws.kms(regionOf(arn)).send(new DescribeKeyCommand({ KeyId: arn }))
    if (!KeyMetadata)
      throw new ExpectedError('notAws', `${at.operation} for \`${arn}\`: the answer holds no key; is the endpoint AWS?`)
    return keyFacts(arn, KeyMetadata)
  })
}

function keyFacts(arn: Arn, metadata: KeyMetadata): KeyFacts {
  const { PrimaryKey, ReplicaKeys = [] } = metadata.MultiRegionConfiguration ?? {}
  const family = [PrimaryKey, ...ReplicaKeys].flatMap((key) => key?.Arn ?? [])
  return {
    arn,
    account: metadata.AWSAccountId ?? parseArn(arn)?.account ?? '',
    region: regionOf(arn),
    name: metadata.Description || keyIdOf(arn),
    aliases: [],
    description: metadata.Description ?? '',
    state: metadata.KeyState ?? 'unknown',
    manager: metadata.KeyManager === 'AWS' ? 'AWS' : 'customer',
    createdAt: metadata.CreationDate?.toISOString() ?? null,
    deletionAt: metadata.DeletionDate?.toISOString() ?? null,
    primaryRegion: null,
    siblings: family.filter((sibling) => sibling !== arn),
    kmsKeyId: null,
    keySpec: metadata.KeySpec ?? null,
    keyUsage: metadata.KeyUsage ?? null,
    origin: metadata.Origin ?? null,
    multiRegion: metadata.MultiRegion ?? null,
    multiRegionKeyType: metadata.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
  }
}

/**
 * All tags of a customer managed key, by tag key. For AWS managed keys nobody is permitted to ask.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`, `invalidTag`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html
 */
export async function listKeyTags(aws: Aws, arn: Arn): Promise<Tag[]> {
  const pages = paginateListResourceTags({ client: aws.kms(regionOf(arn)), pageSize: TAGS_PER_PAGE }, { KeyId: arn })
  const tags: Tag[] = []
  for await (const page of translatedPages({ operation: 'kms:ListResourceTags', resource: arn }, pages)) {
    for (const { TagKey = '', TagValue = '' } of page.Tags ?? []) tags.push({ key: TagKey, value: TagValue })
  }
  return wholeTags({ operation: 'kms:ListResourceTags', arn, tags: sortTags(tags) })
}

/**
 * Sends one UntagResource for all these tag keys of a customer managed key and returns the id of the request. An answer
 * without error proves nothing: KMS says the same for a tag key that was never there.
 *
 * @throws ExpectedError `keyState` (pending deletion), `invalidTag`, `denied`, `throttled`, `unknownOutcome`, `notFound`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html
 */
export async function untagKey(aws: Aws, arn: Arn, tagKeys: readonly string[]): Promise<string> {
  return translated({ operation: 'kms:UntagResource', resource: arn }, async () => {
    const command = new UntagResourceCommand({ KeyId: arn, TagKeys: [...tagKeys] })
    const { $metadata } = await aws.kmsWriter(regionOf(arn)).send(command)
    return $metadata.requestId ?? ''
  })
}

/**
 * Sends one TagResource with all these tags and returns the id of the request. A tag key that is there gets the value.
 *
 * @throws ExpectedError `limitExceeded` (50 tags), `keyState`, `invalidTag`, `denied`, `throttled`, `unknownOutcome`, `notFound`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html
 */
export async function tagKey(aws: Aws, arn: Arn, tags: readonly Tag[]): Promise<string> {
  return translated({ operation: 'kms:TagResource', resource: arn }, async () => {
    const command = new TagResourceCommand({
      KeyId: arn,
      Tags: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })),
    })
    const { $metadata } = await aws.kmsWriter(regionOf(arn)).send(command)
    return $metadata.requestId ?? ''
  })
}
