import type { Random } from '../random.ts'
import { type Account, regionState } from '../state.ts'
import { createKey } from './create.ts'
import { awsManagedKeyPolicy } from './policies.ts'

// Services that the company uses with their AWS managed key, by the name in its alias.
const inUse = { s3: 'Amazon S3', ebs: 'EBS', acm: 'ACM', secretsmanager: 'Secrets Manager' }
// Aliases that KMS predefines; their key is made on first use, which never came.
const unused = ['dynamodb', 'lambda', 'rds', 'sns', 'ssm']

/** The keys and aliases that AWS itself puts into a Region of every account. */
export function createAwsManagedKeys(account: Account, random: Random, region: string): void {
  for (const [name, title] of Object.entries(inUse)) {
    createKey(account, random, {
      region,
      tags: new Map(),
      manager: 'AWS',
      aliases: [`alias/aws/${name}`],
      description: `Default key that protects my ${title} data when no other key is defined`,
      policy: awsManagedKeyPolicy(account.id, region, name),
      // AWS rotates its managed keys every year (KMS Developer Guide, rotate-keys).
      rotationPeriodDays: 365,
    })
  }
  const { aliases } = regionState(account, region)
  for (const service of unused) {
    const name = `alias/aws/${service}`
    const arn = `arn:aws:kms:${region}:${account.id}:${name}`
    aliases.set(name, { name, arn, createdAt: new Date(0) })
  }
}
