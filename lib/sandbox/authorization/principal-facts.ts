import type { Document, Facts } from '../evaluation/facts.ts'
import { defaultDocument, documentsOf } from '../iam/find-policy.ts'
import type { PolicyHolder, Role, User } from '../iam/identities.ts'
import { accountOf, type Principal } from '../principals.ts'
import type { Account, Tags } from '../state.ts'
import type { World } from '../world.ts'
import { documentOf } from './documents.ts'

/** The caller with all policies that speak about it, as they are now: a session follows its role. */
export function principalFacts({ accounts }: World, principal: Principal): Facts['principal'] {
  const { arn, userId, role, user, session } = principal
  const account = accountOf(accounts, principal.accountId)
  const identity = role ?? user
  return {
    arn,
    userId,
    ...(identity && { uniqueId: identity.id }),
    ...(role && { roleArn: role.arn }),
    tags: Object.fromEntries(overlaid(identity?.tags ?? new Map(), session?.tags ?? new Map())),
    identityPolicies: identity ? policiesOf(account, identity) : [],
    ...(user && { groups: groupsOf(account, user) }),
    ...boundaryOf(account, identity),
    ...(session?.policies && { sessionPolicies: session.policies.map(documentOf) }),
  }
}

/** Session tags override the role's; their keys compare without case. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function overlaid(under: Tags, over: Tags): Tags {
  const taken = new Set([...over.keys()].map((tagKey) => tagKey.toLowerCase()))
  return new Map([...[...under].filter(([tagKey]) => !taken.has(tagKey.toLowerCase())), ...over])
}

function policiesOf(account: Account, holder: PolicyHolder): Document[] {
  return documentsOf(account, holder).map(documentOf)
}

function groupsOf(account: Account, { groupNames }: User) {
  return groupNames
    .flatMap((name) => account.groups.get(name) ?? [])
    .map((group) => ({ name: group.name, policies: policiesOf(account, group) }))
}

function boundaryOf(account: Account, identity: Role | User | undefined): { boundary?: Document } {
  const text = identity?.boundaryArn && defaultDocument(account, identity.boundaryArn)
  return text ? { boundary: documentOf(text) } : {}
}
