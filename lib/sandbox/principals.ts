import { createPrincipal } from './iam/create.ts'
import type { Role, User } from './iam/identities.ts'
import { standardPrincipals } from './seed/standard-principals.ts'
import type { Account, Tags } from './state.ts'

/** What a session brings along besides its role. */
export interface Session {
  readonly issuedAt: Date
  readonly tags?: Tags
  /** Tag keys that go along into a session that this one starts. */
  readonly transitiveTagKeys?: readonly string[]
  /** Session policies as text; undefined when none was passed. */
  readonly policies?: readonly string[]
  readonly sourceIdentity?: string
}

/** The caller of a request: a role session, an IAM user, or the account's root user. */
export interface Principal {
  readonly accountId: string
  readonly arn: string
  /** What STS calls UserId: `AROA…:session`, `AIDA…`, or the account's id. */
  readonly userId: string
  readonly role?: Role
  readonly session?: Session
  readonly user?: User
}

/** A new account with the roles and users that every account of the sandbox has, and nothing else. */
export function createAccount(id: string): Account {
  const account: Account = {
    id,
    regions: new Map(),
    roles: new Map(),
    users: new Map(),
    groups: new Map(),
    policies: new Map(),
  }
  for (const principal of standardPrincipals(id)) createPrincipal(account, principal)
  return account
}

/** The account, made empty on first use: other accounts exist as soon as somebody has credentials for them. */
export function accountOf(accounts: Map<string, Account>, accountId: string): Account {
  const known = accounts.get(accountId)
  if (known) return known
  const made = createAccount(accountId)
  accounts.set(accountId, made)
  return made
}

/**
 * The principal that a session of the role is. Its ARN carries no role path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function sessionPrincipal(accountId: string, role: Role, sessionName: string, session: Session): Principal {
  return {
    accountId,
    role,
    session,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
  }
}

/** The principal that an IAM user is. */
export function userPrincipal(accountId: string, user: User): Principal {
  return { accountId, user, arn: user.arn, userId: user.id }
}

/** The principal that the account's root user is. */
export function rootPrincipal(accountId: string): Principal {
  return { accountId, arn: accountRootArn(accountId), userId: accountId }
}

/** The ARN that stands for the whole account in policies, and for its root user. */
export function accountRootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`
}

/** The account that the ARN names. */
export function ownerOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}
