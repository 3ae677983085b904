import {
  DescribeKeyCommand,
  KMSClient,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms'
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import pLimit from 'p-limit'
import { paceOf } from '#lib/aws/pace.ts'
import type { Quota } from '#lib/aws/quotas.ts'

const SHARE = 0.5

/**
 * The calls of a scan of one Region and nothing else: the SDK with a pool of sockets, under the pace of the product,
 * keeping nothing of what comes back.
 */
export async function bareScan(account: string, region: string, sockets: number): Promise<void> {
  const pace = (quota: Quota) => paceOf(account, region, quota, SHARE).take()
  const requestHandler = { httpAgent: { keepAlive: true, maxSockets: sockets } }
  const kms = new KMSClient({ region, requestHandler })
  const secrets = new SecretsManagerClient({ region, requestHandler })
  const limit = pLimit(sockets)

  async function scanKeys() {
    await pace('kms:ListAliases')
    for await (const _ of paginateListAliases({ client: kms, pageSize: 100 }, {})) await pace('kms:ListAliases')
    await pace('kms:ListKeys')
    for await (const { Keys = [] } of paginateListKeys({ client: kms, pageSize: 1000 }, {})) {
      await limit.map(Keys, async ({ KeyArn }) => {
        await pace('kms:DescribeKey')
        await kms.send(new DescribeKeyCommand({ KeyId: KeyArn }))
        await pace('kms:ListResourceTags')
        await kms.send(new ListResourceTagsCommand({ KeyId: KeyArn, Limit: 50 }))
      })
      await pace('kms:ListKeys')
    }
  }
  async function scanSecrets() {
    await pace('secretsmanager:ListSecrets')
    const pages = paginateListSecrets({ client: secrets, pageSize: 100 }, { IncludePlannedDeletion: true })
    for await (const _ of pages) await pace('secretsmanager:ListSecrets')
  }
  await Promise.all([scanKeys(), scanSecrets()])
  kms.destroy()
  secrets.destroy()
}
