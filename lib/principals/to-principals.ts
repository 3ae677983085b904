import type { AccountPrincipal } from '../access/account.ts'
import type { PolicyLevels } from '../access/layers.ts'
import type { AccountReading, GroupReading, PolicyReading, RoleReading, UserReading } from '../account-reading.ts'
import type { Tag } from '../tag.ts'
import type { KnownPrincipal } from './known-principal.ts'
import { placePolicy } from './place-policies.ts'
import type { PolicyShelf } from './policy-shelf.ts'
import { roleKindOf } from './role-kind.ts'
import { mayCarrySessionTags } from './session-tags.ts'

type Facts = Pick<AccountPrincipal, 'arn' | 'tags' | 'sessionTags'> & { readonly id: string | null }

/**
 * Everybody of a reading, the account's root user first. The SCPs go with each; service-linked roles are known to the
 * engine by their path, so they have them too.
 */
export function toPrincipals(
  reading: AccountReading,
  scps: PolicyLevels | undefined,
  shelf: PolicyShelf,
): KnownPrincipal[] {
  const { account, partition, users, roles, groups, managed } = reading
  const groupsByName = new Map(groups.map((group) => [group.name, group]))
  const rest = scps && { scps }
  const root = { arn: `arn:${partition}:iam::${account}:root`, tags: new Map(), userId: account, identityPolicies: [] }
  const people = { role: null, lastUsedAt: null }
  return [
    { ...people, name: 'root', kind: 'root', access: { ...root, ...rest }, documents: [] },
    ...users.map((user): KnownPrincipal => {
      const own = user.groupNames.map((name) => groupsByName.get(name) ?? goneGroup(name))
      const placed = placeAll(user.policies, own, user.boundary, managed, shelf)
      const access = { ...engineFacts(userFacts(user)), ...placed.policies, ...rest }
      return { ...people, name: user.name, kind: 'user', access, documents: placed.documents }
    }),
    ...roles.map((role): KnownPrincipal => {
      const placed = placeAll(role.policies, [], role.boundary, managed, shelf)
      const access = { ...engineFacts(roleFacts(role)), ...placed.policies, ...rest }
      const { name, lastUsedAt } = role
      return { name, kind: 'role', role: roleKindOf(role.arn), lastUsedAt, access, documents: placed.documents }
    }),
  ]
}

/** IAM is read page by page while it changes: a group may come after the page that should have shown it. */
function goneGroup(name: string): GroupReading {
  const problem = { code: 'notFound', message: `the group \`${name}\` was not among the groups; read again` } as const
  return { name, policies: [{ name: 'all', problem }] }
}

function engineFacts({ arn, id, tags, sessionTags }: Facts) {
  return { arn, ...(id !== null && { userId: id }), tags, ...(sessionTags && { sessionTags }) }
}

function userFacts({ arn, id, tags }: UserReading): Facts {
  // Tags that were not read may be any, as those of a session may.
  return tags === null ? { arn, id, tags: new Map(), sessionTags: 'unknown' } : { arn, id, tags: tagsOf(tags) }
}

function roleFacts({ arn, id, tags, trustPolicy }: RoleReading): Facts {
  if (tags !== null && !mayCarrySessionTags(trustPolicy)) return { arn, id, tags: tagsOf(tags) }
  // A session tag overrides the role's own tag of that key, so what the role has is not what its sessions have. IAM User
  // Guide, "Pass session tags in AWS STS".
  return { arn, id, tags: new Map(), sessionTags: 'unknown' }
}

const tagsOf = (tags: readonly Tag[]) => new Map(tags.map(({ key, value }) => [key, value]))

function placeAll(
  own: readonly PolicyReading[],
  groups: readonly GroupReading[],
  boundary: PolicyReading | null,
  managed: AccountReading['managed'],
  shelf: PolicyShelf,
) {
  const place = (pointer: string, kind: 'identity' | 'boundary') => (policy: PolicyReading, index: number) =>
    placePolicy(policy, managed, shelf, { pointer: kind === 'boundary' ? pointer : `${pointer}[${index}]`, kind })
  const identity = own.map(place('identityPolicies', 'identity'))
  const grouped = groups.map(({ name, policies }, index) => {
    return { name, placed: policies.map(place(`groups[${index}].policies`, 'identity')) }
  })
  const bound = [boundary ?? []].flat().map(place('boundary', 'boundary'))
  const all = [...identity, ...grouped.flatMap(({ placed }) => placed), ...bound]
  return {
    documents: all.map(({ policy: _, ...document }) => document),
    policies: {
      identityPolicies: identity.map(({ policy }) => policy),
      ...(groups.length > 0 && {
        groups: grouped.map(({ name, placed }) => ({ name, policies: placed.map(({ policy }) => policy) })),
      }),
      ...(bound[0] && { boundary: bound[0].policy }),
    },
  }
}
