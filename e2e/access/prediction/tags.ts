import * as kms from '@aws-sdk/client-kms'
import * as secrets from '@aws-sdk/client-secrets-manager'
import { isKeyArn } from '#lib/arn.ts'
import type { Clients } from '#lib/sandbox/testing.ts'

/** The tag keys that a key or secret shows at this moment. */
export async function readTagKeys(by: Clients, arn: string): Promise<string[]> {
  if (isKeyArn(arn)) {
    const { Tags = [] } = await by.kms.send(new kms.ListResourceTagsCommand({ KeyId: arn }))
    return Tags.flatMap(({ TagKey }) => TagKey ?? [])
  }
  const { Tags = [] } = await by.secrets.send(new secrets.DescribeSecretCommand({ SecretId: arn }))
  return Tags.flatMap(({ Key }) => Key ?? [])
}

/** Puts tags on a key or secret. */
export async function putTags(by: Clients, arn: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(tags)
  if (isKeyArn(arn)) {
    const Tags = list.map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
    await by.kms.send(new kms.TagResourceCommand({ KeyId: arn, Tags }))
  } else {
    const Tags = list.map(([Key, Value]) => ({ Key, Value }))
    await by.secrets.send(new secrets.TagResourceCommand({ SecretId: arn, Tags }))
  }
}

/** Removes tags from a key or secret. */
export async function removeTags(by: Clients, arn: string, TagKeys: string[]): Promise<void> {
  if (isKeyArn(arn)) await by.kms.send(new kms.UntagResourceCommand({ KeyId: arn, TagKeys }))
  else await by.secrets.send(new secrets.UntagResourceCommand({ SecretId: arn, TagKeys }))
}
