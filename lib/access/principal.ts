import { parseArn } from '../arn.ts'
import type { CasePrincipal } from './case.ts'
import type { PrincipalElement } from './policy.ts'

/** Who asks, as far as an ARN tells. */
export interface Identity {
  readonly kind: 'root' | 'user' | 'role'
  readonly partition: string
  readonly account: string
  /** Of the user or role, without its path. */
  readonly name: string
  /** aws:PrincipalArn: for a session, the ARN of its role. */
  readonly arn: string
  /** Of exactly this session; undefined when the ARN is the role's, which stands for any session of it. */
  readonly sessionName?: string
  /** Of a session whose role was told by name alone. */
  readonly isPathUnknown?: true
  /** The unique id of the user or role. */
  readonly userId?: string
  readonly isServiceLinkedRole: boolean
}

/** How an ARN in a Principal element, or a grantee, names somebody. */
export type Named = 'everyone' | 'account' | 'user' | 'role' | 'session'

/** `ifSession`: only the session of this name is meant, and nobody said which session it is. */
export interface NamedAs {
  readonly as: Named
  readonly ifSession?: string
}

/**
 * Reads a principal's ARN; undefined when it is none of a root user, a user, a role or a session of a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function readIdentity(arn: string): Identity | undefined {
  const parts = parseArn(arn)
  if (parts === undefined || !/^\d{12}$/.test(parts.account)) return undefined
  const { partition, service, account, resource } = parts
  const [type, ...path] = resource.split('/')
  const name = path.at(-1) ?? ''
  const common = { partition, account, isServiceLinkedRole: false }
  if (service === 'iam' && resource === 'root') return { ...common, kind: 'root', name: 'root', arn }
  if (name === '') return undefined
  if (service === 'iam' && type === 'user') return { ...common, kind: 'user', name, arn }
  // Service-linked roles have a path of their own. IAM User Guide, "Create a service-linked role".
  if (service === 'iam' && type === 'role') {
    return { ...common, kind: 'role', name, arn, isServiceLinkedRole: path[0] === 'aws-service-role' }
  }
  const [roleName = '', sessionName] = path
  if (service !== 'sts' || type !== 'assumed-role' || sessionName === undefined) return undefined
  const roleArn = `arn:${partition}:iam::${account}:role/${roleName}`
  return { ...common, kind: 'role', name: roleName, arn: roleArn, sessionName, isPathUnknown: true }
}

/**
 * Who the principal of a case is; undefined as for {@link readIdentity}, when the role is not that of the session, and for
 * a session of what may be a service-linked role, whose ARN nobody gave.
 * The path is a part of the role's ARN and not of its sessions'.
 */
export function identityOf({ arn, roleArn, userId }: IdentityFacts): Identity | undefined {
  const named = readIdentity(arn)
  if (named === undefined) return undefined
  const who = { ...named, ...(userId !== undefined && { userId }) }
  if (roleArn === undefined) return mayBeServiceLinked(who) ? undefined : who
  const role = readIdentity(roleArn)
  const isItsRole = role?.kind === 'role' && role.sessionName === undefined && named.sessionName !== undefined
  if (!isItsRole || !sameName(role, named)) return undefined
  const { isPathUnknown: _, ...session } = who
  return { ...session, arn: role.arn, isServiceLinkedRole: role.isServiceLinkedRole }
}

/** SCPs and RCPs do not bind service-linked roles, which only the path tells for sure; their names begin so. */
function mayBeServiceLinked({ isPathUnknown, name }: Identity): boolean {
  return isPathUnknown === true && name.startsWith('AWSServiceRoleFor')
}

type IdentityFacts = Pick<CasePrincipal, 'arn' | 'roleArn' | 'userId'>

function sameName(one: Identity, other: Identity): boolean {
  return one.name === other.name && one.account === other.account && one.partition === other.partition
}

/**
 * How an entry of a Principal element (or a grantee) names this principal; undefined when it does not. `*` alone is a
 * wildcard here; a session's ARN has no path, so that a role and its session meet by account and name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namedBy(entry: string, who: Identity): NamedAs | undefined {
  if (entry === '*') return { as: 'everyone' }
  if (entry === who.account) return { as: 'account' }
  // What a policy's ARN becomes when it is saved ("AWS JSON policy elements: Principal").
  if (entry === who.userId && who.kind !== 'root') return { as: who.kind }
  const named = readIdentity(entry)
  if (named === undefined || named.account !== who.account || named.partition !== who.partition) return undefined
  if (named.kind === 'root') return { as: 'account' }
  if (named.kind !== who.kind) return undefined
  if (named.kind === 'user') return named.arn === who.arn ? { as: 'user' } : undefined
  if (named.sessionName !== undefined) return namedSession(named, named.sessionName, who)
  // Names of roles are unique in an account, whatever their paths.
  const isSame = who.isPathUnknown ? named.name === who.name : named.arn === who.arn
  return isSame ? { as: 'role' } : undefined
}

function namedSession(named: Identity, sessionName: string, who: Identity): NamedAs | undefined {
  if (named.name !== who.name) return undefined
  if (who.sessionName === undefined) return { as: 'session', ifSession: sessionName }
  return who.sessionName === sessionName ? { as: 'session' } : undefined
}

/** All the ways in which a Principal (or NotPrincipal) element names somebody. Services and federated users are others. */
export function namings({ aws }: PrincipalElement, who: Identity): NamedAs[] {
  return aws.flatMap((entry) => namedBy(entry, who) ?? [])
}
