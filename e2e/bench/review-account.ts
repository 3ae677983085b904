import type { PrincipalInput } from '#lib/sandbox/principal-spec.ts'
import type { ResetChange } from '#lib/sandbox/settings.ts'

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2']
const VALUES = 20

/** An account such as ABAC makes them: half keys, half secrets, each with these tags, and roles that read them. */
export function reviewAccount(size: { resources: number; tags: number; principals: number }): ResetChange {
  return {
    exactly: Array.from({ length: size.resources }, (_, n) => resource(n, size.tags)),
    principals: Array.from({ length: size.principals }, (_, n) => role(n, size.tags)),
    organization: null,
    quotas: 'on',
  }
}

function resource(n: number, tagCount: number) {
  const own = Array.from({ length: tagCount }, (_, k) => [`tag-${k}`, value(n * 7 + k)])
  const tags = Object.fromEntries([...own, ['env', n % 3 === 0 ? 'prod' : 'dev']])
  const region = REGIONS[n % REGIONS.length] ?? 'eu-central-1'
  if (Math.floor(n / REGIONS.length) % 2 === 0) return { type: 'key' as const, region, alias: `alias/app/${n}`, tags }
  return { type: 'secret' as const, region, name: `app/${n}`, tags }
}

/** Three policies each; in one of three roles one of them asks for a tag. */
function role(n: number, tagCount: number): PrincipalInput {
  const tagKey = `tag-${n % tagCount}`
  const byTag = {
    StringEquals: { [`aws:ResourceTag/${tagKey}`]: n % 2 === 0 ? value(n) : `\${aws:PrincipalTag/team}` },
  }
  return {
    type: 'role',
    name: `app-${n}`,
    tags: { team: value(n) },
    lastUsedDaysAgo: n % 100,
    policies: {
      Use: policy(['kms:Decrypt', 'kms:GenerateDataKey*', 'secretsmanager:GetSecretValue'], n % 3 === 0 ? byTag : {}),
      Look: policy(['kms:Describe*', 'kms:List*', 'secretsmanager:Describe*', 'secretsmanager:List*'], {}),
      Others: policy(['s3:*', 'dynamodb:*', 'logs:*'], { StringEquals: { 'aws:ResourceTag/env': 'dev' } }),
    },
  }
}

function policy(Action: string[], Condition: object) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', Condition }] }
}

const value = (n: number) => `value-${n % VALUES}`
