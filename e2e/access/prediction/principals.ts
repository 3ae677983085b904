import type { PrincipalInput } from '#lib/sandbox/principal-spec.ts'
import { allow, deny, management, own, partner, policy, secret, use } from './statements.ts'

const ofOwnTeam = allow(use, { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } })
const ofTeamOrPayments = allow(use, {
  StringEquals: { 'aws:PrincipalTag/team': `\${aws:ResourceTag/team, 'payments'}` },
})
const everything = allow('*')
const nothing = policy(allow('s3:*'))
const untag = 'secretsmanager:UntagResource'
const owned = { StringLike: { 'secretsmanager:ResourceTag/owner': '*' } }

function trusting(Principal: object, ...Action: string[]) {
  return policy({ Effect: 'Allow', Principal, Action })
}

/** A role with one inline policy, or none. */
function role(name: string, statements: object[], rest: Partial<Extract<PrincipalInput, { type: 'role' }>> = {}) {
  const policies = statements.length > 0 ? { Own: policy(...statements) } : {}
  return { type: 'role', name, policies, ...rest } as const satisfies PrincipalInput
}

const byIdentityPolicy = [
  role('payments-service', [ofOwnTeam], { tags: { team: 'payments' } }),
  role('notebook', [], {
    tags: { Team: 'none' },
    managedPolicies: { OfOwnTeam: policy(ofOwnTeam) },
    trustPolicy: trusting({ AWS: own }, 'sts:AssumeRole', 'sts:TagSession'),
  }),
  role('by-default', [ofTeamOrPayments], { tags: { team: 'payments' }, path: '/workloads/' }),
  role('quarantine-aware', [everything, deny(use, { StringEquals: { 'aws:ResourceTag/quarantine': 'true' } })]),
  role('leftovers', [allow('*', { Null: { 'aws:ResourceTag/owner': 'true' } })]),
  role('below-production', [allow('*', { StringNotEquals: { 'aws:ResourceTag/env': 'prod' } })]),
  role('open-data', [allow(use, { StringEqualsIfExists: { 'aws:ResourceTag/classification': 'public' } })]),
  role('junior', [
    allow(use, {
      NumericLessThan: { 'aws:ResourceTag/level': '5' },
      StringLike: { 'aws:userid': 'AROA*:ada' },
      IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
      DateLessThan: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' },
    }),
  ]),
  role('tag-editor', [
    allow(['kms:TagResource', 'kms:UntagResource', 'secretsmanager:TagResource', untag], {
      'ForAllValues:StringLike': { 'aws:TagKeys': ['?eam', 'probe', 'owner'] },
      Null: { 'aws:TagKeys': 'false' },
      StringLike: { 'aws:ResourceTag/team': '*' },
    }),
  ]),
  role('owner-steward', [allow('secretsmanager:*', owned)]),
  role('reader-steward', [allow(untag), allow(secret, owned)]),
  role('part-steward', [
    allow([untag, 'secretsmanager:DescribeSecret']),
    allow('secretsmanager:GetSecretValue', owned),
  ]),
]

const byOtherLayers: PrincipalInput[] = [
  role('kept-out', [everything], {
    boundary: policy(everything, deny('*', { StringEquals: { 'aws:ResourceTag/env': 'prod' } })),
  }),
  role('kept-in', [everything], { boundary: policy(allow('*', { StringLike: { 'aws:ResourceTag/env': 'pr?d' } })) }),
  role('narrowed', [everything]),
  role('card-vault', [], { path: '/workloads/' }),
  role('restore', [deny('kms:Decrypt', { StringEquals: { 'aws:ResourceTag/quarantine': 'true' } })]),
  role('ledger', []),
  role('break-glass', [], { boundary: nothing }),
  {
    type: 'group',
    name: 'readers',
    policies: { Env: policy(allow(use, { StringEqualsIgnoreCase: { 'aws:ResourceTag/env': ['PROD', 'dev'] } })) },
  },
  { type: 'user', name: 'nora', groups: ['readers'] },
  {
    type: 'user',
    name: 'lin',
    groups: ['readers'],
    policies: {
      Own: policy(everything, {
        Effect: 'Deny',
        NotAction: ['kms:Describe*', 'secretsmanager:Describe*'],
        NotResource: 'arn:aws:kms:*:*:key/mrk-*',
        Condition: { Null: { 'aws:ResourceTag/team': 'true' } },
      }),
    },
  },
  { type: 'user', name: 'vera', path: '/people/', boundary: nothing },
  role('AWSServiceRoleForAutoScaling', [allow(use)], {
    path: '/aws-service-role/autoscaling.amazonaws.com/',
    trustPolicy: trusting({ Service: 'autoscaling.amazonaws.com' }, 'sts:AssumeRole'),
  }),
]

const ofOtherAccounts = [
  role('analytics', [allow(use, { StringEquals: { 'aws:ResourceTag/shared': ['yes', 'all'] } })], {
    accountId: partner,
  }),
  role('org-audit', [allow(use)], { accountId: management }),
]

/** Roles, users and groups with access by tags in every layer. */
export const principals: PrincipalInput[] = [...byIdentityPolicy, ...byOtherLayers, ...ofOtherAccounts]

/** Somebody who asks: a session of a role, a user, or the root user. */
export interface Caller {
  /** The account `own` where none is named. */
  readonly accountId?: string
  readonly role?: string
  readonly sessionTags?: Readonly<Record<string, string>>
  readonly sessionPolicy?: ReturnType<typeof policy>
  /** Its service alone can assume the role. */
  readonly isServiceLinked?: true
  readonly user?: string
}

/** All principals; no role and no user: the account's root user. */
export const callers: readonly Caller[] = [
  ...byIdentityPolicy.filter(({ name }) => name !== 'notebook').map(({ name }) => ({ role: name })),
  { role: 'notebook', sessionTags: { team: 'payments' } },
  { role: 'notebook', sessionTags: { TEAM: 'mobile' } },
  ...['kept-out', 'kept-in', 'card-vault', 'restore', 'ledger', 'break-glass', 'TagOperator'].map((name) => ({
    role: name,
  })),
  { role: 'narrowed', sessionPolicy: policy(allow('*', { StringLike: { 'aws:ResourceTag/team': 'pay*' } })) },
  { role: 'AWSServiceRoleForAutoScaling', isServiceLinked: true },
  ...['nora', 'lin', 'vera'].map((name) => ({ user: name })),
  {},
  { role: 'analytics', accountId: partner },
  { role: 'org-audit', accountId: management },
]
