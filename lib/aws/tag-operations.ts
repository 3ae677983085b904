import type { Arn } from '../arn.ts'
import type { ResourceFacts } from '../impact-facts.ts'
import type { Resource, ResourceType } from '../resource.ts'
import type { Tag } from '../tag.ts'
import type { Client } from './access-key.ts'
import type { Aws } from './clients.ts'
import { describeKey, type KeyFacts, listKeyTags, tagKey, untagKey } from './kms.ts'
import type { Quota } from './quotas.ts'
import { describeSecret, type SecretFacts, tagSecret, untagSecret } from './secrets.ts'
import { tagsProblem } from './whole-tags.ts'

interface TagOperations {
  readTags(aws: Aws, arn: Arn): Promise<Tag[]>
  /** Facts and tags as they are now. Aliases of a key are not looked up; its name is its description or its id. */
  readResource(aws: Aws, arn: Arn): Promise<ReadResource>
  /** One call for all tag keys; the answer is the id of the request. */
  untag(aws: Aws, arn: Arn, tagKeys: readonly string[]): Promise<string>
  tag(aws: Aws, arn: Arn, tags: readonly Tag[]): Promise<string>
  /** The client that {@link untag} and {@link tag} send by. */
  writer(aws: Aws, region: string): Client
  readQuota: Quota
  untagQuota: Quota
  tagQuota: Quota
}

/** A resource, and what policies may ask of it; null where its tags may not be read. */
export interface ReadResource {
  resource: Resource
  facts: ResourceFacts | null
}

/** How the tags of each type of resource are read and changed, and which request quota each call draws on. */
export const tagOperations: Record<ResourceType, TagOperations> = {
  key: {
    readTags: listKeyTags,
    readResource: readKey,
    untag: untagKey,
    tag: tagKey,
    writer: (aws, region) => aws.kmsWriter(region),
    readQuota: 'kms:ListResourceTags',
    untagQuota: 'kms:UntagResource',
    tagQuota: 'kms:TagResource',
  },
  secret: {
    readTags: async (aws, arn) => (await describeSecret(aws, arn)).tags,
    readResource: readSecret,
    untag: untagSecret,
    tag: tagSecret,
    writer: (aws, region) => aws.secretsWriter(region),
    readQuota: 'secretsmanager:DescribeSecret',
    untagQuota: 'secretsmanager:TagOrUntagResource',
    tagQuota: 'secretsmanager:TagOrUntagResource',
  },
}

async function readKey(aws: Aws, arn: Arn): Promise<ReadResource> {
  const key = await describeKey(aws, arn)
  // Nobody may list the tags of AWS managed keys: do not ask.
  const tags = key.manager === 'AWS' ? null : await listKeyTags(aws, arn)
  return { resource: keyResource(key, tags), facts: tags && keyFactsOf(key, tags) }
}

function keyFactsOf({ keySpec, keyUsage, origin, multiRegion, multiRegionKeyType }: KeyFacts, tags: Tag[]) {
  return { tags, keySpec, keyUsage, keyOrigin: origin, multiRegion, multiRegionKeyType }
}

const noKey = { keySpec: null, keyUsage: null, keyOrigin: null, multiRegion: null, multiRegionKeyType: null }

async function readSecret(aws: Aws, arn: Arn): Promise<ReadResource> {
  const secret = await describeSecret(aws, arn)
  return { resource: secretResource(secret), facts: { tags: secret.tags, ...noKey } }
}

/** A key as a resource; null for tags that were not read. */
export function keyResource(key: KeyFacts, tags: Tag[] | null): Resource {
  const { keySpec, keyUsage, origin, multiRegion, multiRegionKeyType, ...facts } = key
  return { type: 'key', ...facts, tags, problem: null }
}

/**
 * A secret as a resource, without what only its own page shows. Tags that a listing told and that cannot be stored are
 * the problem of this secret alone.
 */
export function secretResource({ isReplicated, rotation, ...facts }: SecretFacts): Resource {
  const problem = tagsProblem({ operation: 'secretsmanager:ListSecrets', ...facts })
  return { type: 'secret', ...facts, tags: problem === null ? facts.tags : null, problem }
}
