import type { AccountReading, ManagedReading, PolicyReading } from '../account-reading.ts'
import { type DetailsPage, type HeldPolicies, readDetailsPage } from '../aws/iam-details.ts'
import { readManagedPolicies } from './read-managed.ts'
import { pacedIam, type Reader } from './reader.ts'

/** Users, roles and groups of an account with their policies. */
export type Identities = Pick<AccountReading, 'users' | 'roles' | 'groups' | 'managed'>

/** How much of the account has been read so far. */
export interface ReadingProgress {
  users: number
  roles: number
  groups: number
  policies: number
}

type Details = Omit<DetailsPage, 'next'>

/**
 * Reads everybody in the account, page by page. A managed policy that somebody has and no page showed is asked for by
 * itself.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`, `credentialsExpired`
 */
export async function readEverybody(
  reader: Reader,
  onProgress: (progress: ReadingProgress) => void = () => {},
): Promise<Identities> {
  const all: Details = { users: [], roles: [], groups: [], managed: [] }
  let marker: string | undefined
  do {
    const from = marker
    const page = await pacedIam(reader, () => readDetailsPage(reader.aws, from))
    all.users.push(...page.users)
    all.roles.push(...page.roles)
    all.groups.push(...page.groups)
    all.managed.push(...page.managed)
    onProgress(countsOf(all))
    marker = page.next
  } while (marker !== undefined)
  return { ...identitiesOf(all), managed: await managedInUse(reader, all) }
}

function countsOf({ users, roles, groups, managed }: Details): ReadingProgress {
  return { users: users.length, roles: roles.length, groups: groups.length, policies: managed.length }
}

function identitiesOf({ users, roles, groups }: Details): Omit<Identities, 'managed'> {
  return {
    users: users.map(({ inline, attachedArns, boundaryArn, ...user }) => {
      return { ...user, policies: policiesOf({ inline, attachedArns }), boundary: managedPolicy(boundaryArn) }
    }),
    roles: roles.map(({ inline, attachedArns, boundaryArn, ...role }) => {
      return { ...role, policies: policiesOf({ inline, attachedArns }), boundary: managedPolicy(boundaryArn) }
    }),
    groups: groups.map(({ name, ...held }) => ({ name, policies: policiesOf(held) })),
  }
}

function policiesOf({ inline, attachedArns }: HeldPolicies): PolicyReading[] {
  return [...inline, ...attachedArns.map((managedArn) => ({ managedArn }))]
}

function managedPolicy(arn: string | null): PolicyReading | null {
  return arn === null ? null : { managedArn: arn }
}

/** IAM lists the account's own policies whether somebody has them or not; whether it lists all of AWS's is not said. */
async function managedInUse(reader: Reader, { users, roles, groups, managed }: Details) {
  const boundaries = [...users, ...roles].flatMap(({ boundaryArn }) => boundaryArn ?? [])
  const inUse = new Set([...[...users, ...roles, ...groups].flatMap(({ attachedArns }) => attachedArns), ...boundaries])
  const listed = managed.filter(({ arn }) => inUse.delete(arn))
  const known = listed.map(({ arn, name, text }): [string, ManagedReading] => [arn, { name, text }])
  return { ...Object.fromEntries(known), ...(await readManagedPolicies(reader, inUse)) }
}
