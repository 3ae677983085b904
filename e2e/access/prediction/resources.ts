import type { ResetChange } from '#lib/sandbox/settings.ts'
import { allow, deny, iam, key, management, own, partner, policy, secret, use } from './statements.ts'

const everybody = { Principal: '*' }
const to = (...AWS: string[]) => ({ Principal: { AWS } })
const rootOf = (accountId: string) => `arn:aws:iam::${accountId}:root`
const delegation = allow('kms:*', undefined, to(rootOf(own)))
const keeper = allow(
  ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:ListResourceTags', 'kms:*agResource'],
  undefined,
  to(iam('role/TagOperator')),
)
const notLocked = deny(
  'secretsmanager:GetSecretValue',
  { StringEquals: { 'secretsmanager:ResourceTag/locked': 'yes' } },
  everybody,
)
/** What a trial of TagResource sets anew: nothing hangs on it. */
export const probe = { probe: 'x' }

const keys: NonNullable<ResetChange['exactly']> = [
  { type: 'key', tags: { team: 'payments', env: 'prod', owner: 'finance', level: '3' } },
  { type: 'key', alias: 'alias/odd', tags: { Team: 'payments', quarantine: 'true', classification: 'public' } },
  {
    type: 'key',
    tags: { team: 'mobile', env: 'dev', owner: '', sealed: 'yes', grantable: 'yes' },
    policy: policy(delegation, allow(key, undefined, to(iam('role/workloads/card-vault')))),
    grants: [
      {
        granteePrincipal: iam('role/restore'),
        operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey', 'CreateGrant'],
      },
      { granteePrincipal: iam('role/ledger'), operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'CreateGrant'] },
    ],
  },
  {
    // No delegation to the account: identity policies do not count here.
    type: 'key',
    tags: { team: 'payments', owner: 'vault', 'legal-hold': 'yes' },
    policy: policy(
      keeper,
      allow(
        'kms:*',
        undefined,
        to(iam('role/workloads/card-vault'), iam('assumed-role/break-glass/ada'), iam('user/people/vera')),
      ),
    ),
  },
  {
    type: 'key',
    tags: { team: 'payments', owner: 'data', shared: 'yes', sealed: 'YES' },
    policy: policy(
      delegation,
      allow(
        use,
        { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' }, Bool: { 'kms:MultiRegion': 'false' } },
        to(rootOf(partner), rootOf(management)),
      ),
    ),
  },
  {
    type: 'key',
    tags: { quarantine: 'true', owner: 'platform', grantable: 'no' },
    grants: [
      { granteePrincipal: iam('role/restore'), operations: ['Decrypt', 'DescribeKey'] },
      {
        granteePrincipal: iam('role/ledger'),
        operations: ['Encrypt', 'GenerateDataKey', 'CreateGrant'],
        constraints: { encryptionContextSubset: { app: 'ledger' } },
      },
      {
        granteePrincipal: iam('role/restore'),
        operations: ['Encrypt', 'GenerateDataKey'],
        constraints: { encryptionContextEquals: { app: 'ledger', more: 'x' } },
      },
      { granteePrincipal: `arn:aws:iam::${partner}:role/analytics`, operations: ['Decrypt', 'DescribeKey'] },
    ],
  },
  // The replica has tags of its own.
  { type: 'key', tags: { team: 'mobile', env: 'prod', owner: 'x' }, replicaRegions: ['eu-west-1'] },
  {
    type: 'key',
    accountId: partner,
    tags: { team: 'payments', env: 'prod', owner: 'partner' },
    policy: policy(allow('kms:*', undefined, to(rootOf(partner), rootOf(own)))),
  },
  { type: 'key', alias: 'alias/of-secrets', tags: { team: 'payments', owner: 'finance', env: 'prod' } },
]

const secrets: NonNullable<ResetChange['exactly']> = [
  { type: 'secret', name: 'ledger', tags: { team: 'payments', env: 'prod', owner: 'finance', level: '4' } },
  { type: 'secret', name: 'token', tags: { Team: 'mobile', quarantine: 'true', classification: 'secret' } },
  { type: 'secret', name: 'on-hold', tags: { 'legal-hold': 'yes', sealed: 'yes', owner: 'legal', env: 'dev' } },
  {
    type: 'secret',
    name: 'of-project',
    tags: { team: 'payments', owner: 'x' },
    policy: policy(
      allow(
        'secretsmanager:GetSecretValue',
        {
          StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}`, 'aws:PrincipalAccount': own },
        },
        everybody,
      ),
      notLocked,
    ),
  },
  {
    type: 'secret',
    name: 'locked',
    tags: { locked: 'yes', env: 'prod' },
    policy: policy(allow(secret, undefined, to(iam('user/people/vera'), iam('role/break-glass'))), notLocked),
  },
  {
    type: 'secret',
    name: 'shared',
    tags: { shared: 'all', team: 'mobile' },
    policy: policy(
      allow(secret, { StringLike: { 'aws:ResourceTag/team': 'mob*' } }, to(rootOf(partner), rootOf(management))),
      allow(secret, undefined, to(iam('assumed-role/break-glass/ada'))),
    ),
  },
  // Decrypted with the reader's own permission for the key.
  { type: 'secret', name: 'encrypted', kmsKeyId: 'alias/of-secrets', tags: { owner: 'finance', team: 'payments' } },
]

/** Keys and secrets whose access hangs on their tags. */
export const resources = [...keys, ...secrets].map((spec) => ({ ...spec, tags: { ...spec.tags, ...probe } }))

/** The tag keys that are removed together, from every resource that has one of them. */
export const campaigns: readonly (readonly string[])[] = [
  ['team', 'Team'],
  ['owner', 'env'],
  ['quarantine', 'sealed', 'legal-hold', 'locked'],
  ['shared', 'classification', 'grantable', 'level'],
]
