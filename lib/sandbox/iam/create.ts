import { subDays } from 'date-fns/subDays'
import { type PrincipalInput, type PrincipalSpec, principalSpec, type RoleSpec } from '../principal-spec.ts'
import { uniqueId } from '../random.ts'
import type { Account } from '../state.ts'
import type { ManagedPolicy, PolicyHolder } from './identities.ts'

const createdAt = new Date('2022-02-14T09:30:00Z')
const idPrefixes = { role: 'AROA', user: 'AIDA', group: 'AGPA' } as const

/** Puts the role, user or group into the account, with the managed policies that come with it. */
export function createPrincipal(account: Account, input: PrincipalInput): void {
  const spec = principalSpec.parse(input)
  const { name } = spec
  switch (spec.type) {
    case 'role':
      account.roles.set(name, {
        ...holderOf(account, spec),
        ...boundaryOf(account, spec),
        tags: new Map(Object.entries(spec.tags)),
        trustPolicy: JSON.stringify(spec.trustPolicy ?? trustOfAccount(account.id)),
        description: spec.description,
        maxSessionSeconds: spec.maxSessionSeconds,
        ...lastUseOf(spec),
      })
      break
    case 'user':
      account.users.set(name, {
        ...holderOf(account, spec),
        ...boundaryOf(account, spec),
        tags: new Map(Object.entries(spec.tags)),
        groupNames: spec.groups,
      })
      break
    case 'group':
      account.groups.set(name, holderOf(account, spec))
  }
}

/** A customer managed policy of the account; its ARN. A document of the same name becomes its next version. */
export function createPolicy(account: Account, name: string, document: object): string {
  const arn = `arn:aws:iam::${account.id}:policy/${name}`
  const versions = account.policies.get(arn)?.versions ?? []
  const version = { id: `v${versions.length + 1}`, document: JSON.stringify(document), createdAt }
  const policy: ManagedPolicy = {
    name,
    path: '/',
    id: uniqueId('ANPA', account.id, name),
    arn,
    description: '',
    versions: [...versions, version],
  }
  account.policies.set(arn, policy)
  return arn
}

function holderOf(account: Account, spec: PrincipalSpec): PolicyHolder {
  const { type, name, path, policies, managedPolicies, attached } = spec
  const made = Object.entries(managedPolicies).map(([policyName, document]) =>
    createPolicy(account, policyName, document),
  )
  return {
    name,
    path,
    id: uniqueId(idPrefixes[type], account.id, name),
    arn: `arn:aws:iam::${account.id}:${type}${path}${name}`,
    createdAt,
    inlinePolicies: new Map(
      Object.entries(policies).map(([policyName, document]) => [policyName, JSON.stringify(document)]),
    ),
    attachedPolicyArns: [...attached, ...made],
  }
}

function boundaryOf(account: Account, { name, boundary }: Extract<PrincipalSpec, { type: 'role' | 'user' }>) {
  return boundary && { boundaryArn: createPolicy(account, `${name}-boundary`, boundary) }
}

function lastUseOf({ lastUsedDaysAgo }: RoleSpec) {
  return lastUsedDaysAgo === undefined
    ? undefined
    : { lastUsed: { at: subDays(new Date(), lastUsedDaysAgo), region: 'eu-central-1' } }
}

function trustOfAccount(accountId: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
  }
}
