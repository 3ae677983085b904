import type { Case } from './case.ts'
import type { Document, Judgement, Layer } from './facts.ts'
import { matchingStatements } from './statement-matches.ts'

/** Which of the principal's own layers allow the request; a layer that is not there limits nothing. */
export interface IdentitySide {
  readonly policies: boolean
  readonly boundary: boolean
  readonly session: boolean
}

/** The identity policies, those of the user's groups included. */
export function identityPoliciesOf({ facts }: Case): Document[] {
  const { identityPolicies, groups = [] } = facts.principal
  return [...identityPolicies, ...groups.flatMap(({ policies }) => policies)]
}

/**
 * Boundary and session policies grant nothing: they limit what the identity policies grant. The root user has neither
 * and needs no policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function identitySideOf(kase: Case): IdentitySide {
  const { boundary, sessionPolicies = [] } = kase.facts.principal
  if (kase.identity.kind === 'root') return { policies: true, boundary: true, session: true }
  const allows = (documents: readonly Document[], layer: Layer) =>
    matchingStatements(documents, 'Allow', layer, kase).length > 0
  return {
    policies: allows(identityPoliciesOf(kase), 'identityPolicy'),
    boundary: boundary === undefined || allows([boundary], 'permissionsBoundary'),
    session: sessionPolicies.length === 0 || allows(sessionPolicies, 'sessionPolicy'),
  }
}

/** What the identity side alone comes to. */
export function judgedByIdentity({ policies, boundary, session }: IdentitySide, { identity }: Case): Judgement {
  if (!policies) return { decision: 'implicitDeny', layer: 'identityPolicy' }
  if (!boundary) return { decision: 'implicitDeny', layer: 'permissionsBoundary' }
  if (!session) return { decision: 'implicitDeny', layer: 'sessionPolicy' }
  return { decision: 'allowed', layer: identity.kind === 'root' ? 'rootUser' : 'identityPolicy' }
}
