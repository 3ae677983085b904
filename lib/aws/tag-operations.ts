import type { Arn } from '../arn.ts'
import type { Resource, ResourceType } from '../resource.ts'
import type { Tag } from '../tag.ts'
import type { Aws } from './clients.ts'
import { describeKey, type KeyFacts, listKeyTags, tagKey, untagKey } from './kms.ts'
import type { Quota } from './quotas.ts'
import { describeSecret, type SecretFacts, tagSecret, untagSecret } from './secrets.ts'

interface TagOperations {
  readTags(aws: Aws, arn: Arn): Promise<Tag[]>
  /** Facts and tags as they are now. Aliases of a key are not looked up; its name is its description or its id. */
  readResource(aws: Aws, arn: Arn): Promise<Resource>
  /** One call for all tag keys; the answer is the id of the request. */
  untag(aws: Aws, arn: Arn, tagKeys: readonly string[]): Promise<string>
  tag(aws: Aws, arn: Arn, tags: readonly Tag[]): Promise<string>
  readQuota: Quota
  untagQuota: Quota
  tagQuota: Quota
}

/** How the tags of each type of resource are read and changed, and which request quota each call draws on. */
export const tagOperations: Record<ResourceType, TagOperations> = {
  key: {
    readTags: listKeyTags,
    readResource: readKey,
    untag: untagKey,
    tag: tagKey,
    readQuota: 'kms:ListResourceTags',
    untagQuota: 'kms:UntagResource',
    tagQuota: 'kms:TagResource',
  },
  secret: {
    readTags: async (aws, arn) => (await describeSecret(aws, arn)).tags,
    readResource: async (aws, arn) => secretResource(await describeSecret(aws, arn)),
    untag: untagSecret,
    tag: tagSecret,
    readQuota: 'secretsmanager:DescribeSecret',
    untagQuota: 'secretsmanager:TagOrUntagResource',
    tagQuota: 'secretsmanager:TagOrUntagResource',
  },
}

async function readKey(aws: Aws, arn: Arn): Promise<Resource> {
  const facts = await describeKey(aws, arn)
  // Nobody may list the tags of AWS managed keys: do not ask.
  return keyResource(facts, facts.manager === 'AWS' ? null : await listKeyTags(aws, arn))
}

/** A key as a resource; null for tags that were not read. */
export function keyResource({ keySpec, keyUsage, origin, ...facts }: KeyFacts, tags: Tag[] | null): Resource {
  return { type: 'key', ...facts, tags, problem: null }
}

/** A secret as a resource, without what only its own page shows. */
export function secretResource({ isReplicated, kmsKeyId, rotation, ...facts }: SecretFacts): Resource {
  return { type: 'secret', ...facts, problem: null }
}
