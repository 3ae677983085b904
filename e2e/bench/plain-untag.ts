import { KMSClient, UntagResourceCommand as UntagKeyCommand } from '@aws-sdk/client-kms'
import { SecretsManagerClient, UntagResourceCommand as UntagSecretCommand } from '@aws-sdk/client-secrets-manager'
import { regionOf } from '#lib/arn.ts'
import type { ResourceView } from '#lib/sandbox/control/resources.ts'

/**
 * What a script does: one call after the other in each Region and service, the SDK's own retries and no pace. Answers
 * with the number of calls that failed in spite of the retries.
 */
export async function plainUntag(lanes: readonly (readonly ResourceView[])[], tagKey: string): Promise<number> {
  const failed = await Promise.all(lanes.map((lane) => untagOneByOne(lane, tagKey)))
  return failed.reduce((sum, count) => sum + count, 0)
}

async function untagOneByOne(lane: readonly ResourceView[], tagKey: string): Promise<number> {
  const region = regionOf(lane[0]?.arn ?? '')
  const kms = new KMSClient({ region })
  const secrets = new SecretsManagerClient({ region })
  const TagKeys = [tagKey]
  let failed = 0
  for (const { type, arn } of lane) {
    try {
      if (type === 'key') await kms.send(new UntagKeyCommand({ KeyId: arn, TagKeys }))
      else await secrets.send(new UntagSecretCommand({ SecretId: arn, TagKeys }))
    } catch {
      failed += 1
    }
  }
  kms.destroy()
  secrets.destroy()
  return failed
}
