import type { AccountReading, GroupReading, PolicyReading, RoleReading, UserReading } from '../account-reading.ts'
import { readGroupNames, readRole, readUser } from '../aws/iam.ts'
import { type HolderKind, listAttachedPolicies, listInlinePolicies, readInlinePolicy } from '../aws/iam-policies.ts'
import type { Identity } from '../aws/identity.ts'
import type { Problem } from '../errors.ts'
import type { Identities } from './read-everybody.ts'
import { readManagedPolicies } from './read-managed.ts'
import { askIam, type Reader } from './reader.ts'

/** What a single call that was refused leaves in place of policies. */
const unread = (name: string, problem: Problem): PolicyReading => ({ name, problem })

/**
 * Reads the operator's own role or user by single calls, for accounts whose IAM is closed to it. Each call that is
 * refused leaves its reason where its answer would be; nothing else is lost by it.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readOperator(
  reader: Reader,
  { kind, name, arn }: Pick<Identity, 'kind' | 'name' | 'arn'>,
): Promise<Identities> {
  const found: Omit<Identities, 'managed'> = { users: [], roles: [], groups: [] }
  if (kind === 'role') Object.assign(found, { roles: [await readOwnRole(reader, name, arn)] })
  if (kind === 'user') Object.assign(found, await readOwnUser(reader, name, arn))
  return { ...found, managed: await readManagedPolicies(reader, managedArnsOf(found)) }
}

/** How much of the operator's own access was read: nothing at all means that IAM is closed. */
export function reachOf({ users, roles }: Pick<AccountReading, 'users' | 'roles'>): 'operator' | 'closed' {
  const isRead = ({ policies }: { policies: readonly PolicyReading[] }) =>
    policies.length === 0 || policies.some((policy) => !('problem' in policy))
  return [...users, ...roles].some(isRead) ? 'operator' : 'closed'
}

async function readOwnRole(reader: Reader, name: string, sessionArn: string): Promise<RoleReading> {
  const answer = await askIam(reader, () => readRole(reader.aws, name))
  const policies = await readPolicies(reader, 'role', name)
  if ('value' in answer) {
    const { boundaryArn, ...role } = answer.value
    return { ...role, policies, boundary: boundaryArn === null ? null : { managedArn: boundaryArn } }
  }
  const boundary = unread('permissions boundary', answer.problem)
  return { name, arn: sessionArn, id: null, policies, boundary, tags: null, trustPolicy: null, lastUsedAt: null }
}

async function readOwnUser(reader: Reader, name: string, arn: string): Promise<Pick<Identities, 'users' | 'groups'>> {
  const answer = await askIam(reader, () => readUser(reader.aws, name))
  const policies = await readPolicies(reader, 'user', name)
  const groups = await readGroups(reader, name)
  const groupNames = groups.map((group) => group.name)
  if ('problem' in answer) {
    const boundary = unread('permissions boundary', answer.problem)
    return { users: [{ name, arn, id: null, policies, groupNames, boundary, tags: null }], groups }
  }
  const { boundaryArn, ...user } = answer.value
  const boundary = boundaryArn === null ? null : { managedArn: boundaryArn }
  return { users: [{ ...user, policies, groupNames, boundary } satisfies UserReading], groups }
}

async function readGroups(reader: Reader, userName: string): Promise<GroupReading[]> {
  const answer = await askIam(reader, () => readGroupNames(reader.aws, userName))
  if ('problem' in answer) return [{ name: 'groups', policies: [unread('groups', answer.problem)] }]
  const groups: GroupReading[] = []
  for (const name of answer.value) groups.push({ name, policies: await readPolicies(reader, 'group', name) })
  return groups
}

async function readPolicies(reader: Reader, kind: HolderKind, name: string): Promise<PolicyReading[]> {
  const { aws } = reader
  const policies: PolicyReading[] = []
  const inline = await askIam(reader, () => listInlinePolicies(aws, kind, name))
  if ('problem' in inline) policies.push(unread('inline policies', inline.problem))
  else
    for (const policyName of inline.value) {
      const text = await askIam(reader, () => readInlinePolicy(aws, kind, name, policyName))
      policies.push('problem' in text ? unread(policyName, text.problem) : { name: policyName, text: text.value })
    }
  const attached = await askIam(reader, () => listAttachedPolicies(aws, kind, name))
  if ('problem' in attached) policies.push(unread('attached policies', attached.problem))
  else policies.push(...attached.value.map((managedArn) => ({ managedArn })))
  return policies
}

function managedArnsOf({ users, roles, groups }: Omit<Identities, 'managed'>): string[] {
  const boundaries = [...users, ...roles].flatMap(({ boundary }) => boundary ?? [])
  const policies = [...[...users, ...roles, ...groups].flatMap((holder) => holder.policies), ...boundaries]
  return policies.flatMap((policy) => ('managedArn' in policy ? policy.managedArn : []))
}
