import type { Account, AccountPrincipal, AccountResource } from '#lib/access/account.ts'
import { parsePolicy } from '#lib/access/parse-policy.ts'
import type { Policy, PolicyKind } from '#lib/access/policy.ts'

const RESOURCES = 10_000
const PRINCIPALS = 1_000
const MANAGED_POLICIES = 60
const KEY_POLICIES = 20
const account = '111122223333'

/** Tag keys, how many values each has in the account, and the share of resources that carry it. */
const tags: Record<string, { values: number; share: number }> = {
  owner: { values: 200, share: 0.9 },
  team: { values: 30, share: 0.8 },
  env: { values: 4, share: 0.9 },
  project: { values: 100, share: 0.6 },
  quarantine: { values: 1, share: 0.02 },
  'cost-center': { values: 50, share: 0.9 },
  app: { values: 80, share: 0.7 },
  compliance: { values: 3, share: 0.3 },
  backup: { values: 2, share: 0.5 },
  region: { values: 6, share: 0.4 },
}
const removed = ['owner', 'project', 'quarantine', 'compliance', 'backup']

/** An account such as ABAC makes them, the same in every run; or one with this share of its pairs of principal and resource. */
export function realAccount(share: number): Account {
  const count = (whole: number) => Math.max(1, Math.round(whole * Math.sqrt(share)))
  const managed = Array.from({ length: MANAGED_POLICIES }, (_, n) => managedPolicy(n))
  const keyPolicies = Array.from({ length: KEY_POLICIES }, (_, n) => keyPolicy(n))
  return {
    principals: Array.from({ length: count(PRINCIPALS) }, (_, n) => principal(n, managed)),
    resources: Array.from({ length: count(RESOURCES) }, (_, n) => resource(n, keyPolicies)),
  }
}

function principal(n: number, managed: readonly Policy[]): AccountPrincipal {
  const own = [0, 1, 2].flatMap((k) => managed[spread(n, k) % MANAGED_POLICIES] ?? [])
  return {
    arn: n % 10 < 7 ? `arn:aws:iam::${account}:role/role-${n}` : `arn:aws:iam::${account}:user/user-${n}`,
    tags: new Map(['owner', 'team', 'project'].map((key, k) => [key, valueNumber(key, spread(n, k + 10))])),
    identityPolicies: own,
    scps: organization,
  }
}

function resource(n: number, keyPolicies: readonly Policy[]): AccountResource {
  const carried = Object.keys(tags).filter((key, k) => (spread(n, k) % 1_000) / 1_000 < (tags[key]?.share ?? 0))
  const own = new Map(carried.map((key, k) => [key, valueNumber(key, spread(n, k + 20))]))
  const removeTags = carried.filter((key, k) => removed.includes(key) && spread(n, k + 30) % 4 > 0)
  const id = String(n).padStart(12, '0')
  if (n % 2 === 0) {
    const policy = keyPolicies[spread(n, 40) % KEY_POLICIES]
    const arn = `arn:aws:kms:us-east-1:${account}:key/00000000-0000-4000-8000-${id}`
    return { arn, type: 'kms-key', tags: own, removeTags, aliases: [`alias/key-${n}`], ...(policy && { policy }) }
  }
  const arn = `arn:aws:secretsmanager:us-east-1:${account}:secret:app-${n % 80}/secret-${n}-AbCdEf`
  return { arn, type: 'secret', tags: own, removeTags, ...(n % 20 === 1 && { policy: tagPolicy }) }
}

/** Four in ten read a tag; the others are the usual lists of actions and ARNs. */
function managedPolicy(n: number): Policy {
  const keys = Object.keys(tags)
  const key = keys[n % keys.length] ?? 'owner'
  const byTag = [
    { StringEquals: { [`aws:ResourceTag/${key}`]: `\${aws:PrincipalTag/${key}}` } },
    { StringEquals: { [`aws:ResourceTag/${key}`]: [valueNumber(key, n), valueNumber(key, n + 1)] } },
    { StringLike: { [`aws:ResourceTag/${key}`]: `${key}-1*` }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    { StringEquals: { [`aws:ResourceTag/${key}`]: valueNumber(key, n) }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  ]
  const condition = n % 5 < 2 ? byTag[n % byTag.length] : undefined
  const allow = {
    Effect: 'Allow',
    Action: [
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
      ['kms:*'],
      ['secretsmanager:Get*'],
      ['kms:*', 'secretsmanager:*'],
    ][n % 4],
    Resource: n % 3 === 0 ? `arn:aws:secretsmanager:*:${account}:secret:app-${n}/*` : '*',
    ...(condition && { Condition: condition, Resource: '*' }),
  }
  const deny = {
    Effect: 'Deny',
    Action: 'kms:ScheduleKeyDeletion',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/env': 'env-0' } },
  }
  return policy('identity', n % 6 === 0 ? [allow, deny] : [allow])
}

function keyPolicy(n: number): Policy {
  const delegating = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
  const direct = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/role-${n}` },
    Action: ['kms:Decrypt'],
    Resource: '*',
  }
  return policy('key', n % 3 === 0 ? [delegating, direct] : [delegating])
}

const tagPolicy = policy('secret', [
  {
    Effect: 'Deny',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: { StringNotEqualsIfExists: { 'aws:ResourceTag/compliance': ['compliance-0', 'compliance-1'] } },
  },
])
const full = policy('scp', [{ Effect: 'Allow', Action: '*', Resource: '*' }])
const quarantine = policy('scp', [
  {
    Effect: 'Deny',
    Action: ['kms:*', 'secretsmanager:*'],
    Resource: '*',
    Condition: { Null: { 'aws:ResourceTag/quarantine': 'false' } },
  },
])
const organization = [[full], [full, quarantine], [full]]

function policy(kind: PolicyKind, statements: object[]): Policy {
  const { policy: parsed, problems } = parsePolicy({ Version: '2012-10-17', Statement: statements }, '', kind)
  if (!parsed) throw new Error(JSON.stringify(problems))
  return parsed
}

function valueNumber(key: string, n: number): string {
  return `${key}-${n % (tags[key]?.values ?? 1)}`
}

/** A number that seems random, always the same for the same two. */
function spread(n: number, k: number): number {
  const mixed = Math.imul(n * 31 + k * 7_919 + 17, 2_654_435_761)
  return ((mixed >>> 15) ^ mixed) >>> 0
}
