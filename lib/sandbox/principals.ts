import { uniqueId } from './random.ts'
import type { Account, Role, User } from './state.ts'

/** The caller of a request: a role session or an IAM user. */
export interface Principal {
  readonly accountId: string
  readonly arn: string
  /** What STS calls UserId: `AROA…:session` or `AIDA…`. */
  readonly userId: string
  readonly role?: Role
  readonly user?: User
}

// The account is a real company's: people sign in by roles, one of them made by IAM Identity Center under its own path.
const rolesOfAccount = [
  { name: 'TagOperator', path: '/', description: 'Cleans up tags', maxSessionSeconds: 14_400 },
  { name: 'Auditor', path: '/security/', description: 'Reads everything, changes nothing', maxSessionSeconds: 3_600 },
  {
    name: 'AWSReservedSSO_AdministratorAccess_4a1f0c9d2e7b6835',
    path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
    description: 'Provides full access to AWS services and resources',
    maxSessionSeconds: 43_200,
  },
]
const usersOfAccount = ['grace', 'ci-deploy']
const createdAt = new Date('2022-02-14T09:30:00Z')

/** A new account with its roles and users and nothing else. */
export function createAccount(id: string): Account {
  const roles = rolesOfAccount.map(
    (role): Role => ({
      ...role,
      id: uniqueId('AROA', id, role.name),
      arn: `arn:aws:iam::${id}:role${role.path}${role.name}`,
      trustPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' }],
      }),
      createdAt,
    }),
  )
  const users = usersOfAccount.map(
    (name): User => ({
      name,
      id: uniqueId('AIDA', id, name),
      arn: `arn:aws:iam::${id}:user/${name}`,
      createdAt,
    }),
  )
  return {
    id,
    regions: new Map(),
    roles: new Map(roles.map((role) => [role.name, role])),
    users: new Map(users.map((user) => [user.name, user])),
  }
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
export function sessionPrincipal(accountId: string, role: Role, sessionName: string): Principal {
  return {
    accountId,
    role,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
  }
}

/** The principal that an IAM user is. */
export function userPrincipal(accountId: string, user: User): Principal {
  return { accountId, user, arn: user.arn, userId: user.id }
}
