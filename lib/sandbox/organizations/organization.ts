import { createHash } from 'node:crypto'
import type { PolicyDocument } from '../principal-spec.ts'
import type { OrganizationSpec } from './organization-spec.ts'

export type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'

export interface OrganizationPolicy {
  readonly id: string
  readonly type: PolicyType
  readonly name: string
  readonly isAwsManaged: boolean
  readonly document: string
}

/** The root, an organizational unit or an account. */
export interface Target {
  readonly id: string
  readonly type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT'
  readonly parentId?: string
  readonly policies: readonly OrganizationPolicy[]
}

export interface Organization {
  readonly id: string
  readonly managementAccountId: string
  /** Every root, OU and account by its id. */
  readonly targets: ReadonlyMap<string, Target>
}

const fullAccess: OrganizationPolicy = {
  id: 'p-FullAWSAccess',
  type: 'SERVICE_CONTROL_POLICY',
  name: 'FullAWSAccess',
  isAwsManaged: true,
  document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
}

const fullResourceAccess: OrganizationPolicy = {
  id: 'p-RCPFullAWSAccess',
  type: 'RESOURCE_CONTROL_POLICY',
  name: 'RCPFullAWSAccess',
  isAwsManaged: true,
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  }),
}

/** The organization around the account: one chain of OUs down to it, everybody else directly below the root. */
export function createOrganization(accountId: string, spec: OrganizationSpec): Organization {
  const { managementAccountId, scps, rcps, members } = spec
  const suffix = createHash('sha256').update(managementAccountId).digest('hex').slice(0, 10)
  const depth = Math.max(scps.length, rcps.length, 2)
  const chain = Array.from({ length: depth }, (_, level): Target => {
    const name = nameOf(level, depth, suffix, accountId)
    const parentId = level > 0 ? nameOf(level - 1, depth, suffix, accountId).id : undefined
    const policies = [
      ...(scps[level]?.map((document, index) => policyOf('SERVICE_CONTROL_POLICY', document, level, index)) ?? [
        fullAccess,
      ]),
      fullResourceAccess,
      ...(rcps[level] ?? []).map((document, index) => policyOf('RESOURCE_CONTROL_POLICY', document, level, index)),
    ]
    return { ...name, policies, ...(parentId && { parentId }) }
  })
  const others = [managementAccountId, ...members].filter((id) => id !== accountId)
  const besides = others.map(
    (id): Target => ({
      id,
      type: 'ACCOUNT',
      parentId: `r-${suffix.slice(0, 4)}`,
      policies: [fullAccess, fullResourceAccess],
    }),
  )
  return {
    id: `o-${suffix}`,
    managementAccountId,
    targets: new Map([...chain, ...besides].map((target) => [target.id, target])),
  }
}

/** The account's line from the root down to itself; empty for accounts outside the organization. */
export function lineOf({ targets }: Organization, accountId: string): Target[] {
  const line: Target[] = []
  for (let at = targets.get(accountId); at; at = at.parentId ? targets.get(at.parentId) : undefined) line.unshift(at)
  return line
}

/**
 * aws:PrincipalOrgPaths and aws:ResourceOrgPaths: the organization and the way from its root to the account's parent.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export function organizationPath(organization: Organization, accountId: string): string {
  const line = lineOf(organization, accountId).filter(({ type }) => type !== 'ACCOUNT')
  return [organization.id, ...line.map(({ id }) => id), ''].join('/')
}

function nameOf(level: number, depth: number, suffix: string, accountId: string): Pick<Target, 'id' | 'type'> {
  const root = suffix.slice(0, 4)
  if (level === 0) return { id: `r-${root}`, type: 'ROOT' }
  if (level === depth - 1) return { id: accountId, type: 'ACCOUNT' }
  return { id: `ou-${root}-${String(level).padStart(8, '0')}`, type: 'ORGANIZATIONAL_UNIT' }
}

function policyOf(type: PolicyType, document: PolicyDocument, level: number, index: number): OrganizationPolicy {
  const text = JSON.stringify(document)
  const hash = createHash('sha256').update(`${type}${level}${index}${text}`).digest('hex').slice(0, 8)
  const short = type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp'
  return { id: `p-${hash}`, type, name: `${short}-level-${level}-${index + 1}`, isAwsManaged: false, document: text }
}
