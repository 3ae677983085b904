import type { Case } from './case.ts'
import type { Judgement } from './facts.ts'
import { isAccountOf, isPrincipal, someGrantAllows } from './grants.ts'
import { type IdentitySide, judgedByIdentity } from './identity-side.ts'

/**
 * Who may retire a grant is the grant's own matter: its retiring principal, its grantee if RetireGrant is among the
 * operations, and the key's account, which hands the permission on by identity policies. A key policy has no say.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function judgeRetireGrant(side: IdentitySide, kase: Case): Judgement {
  const grants = kase.facts.resource.grants ?? []
  const retiring = grants.flatMap(({ retiringPrincipal }) => retiringPrincipal ?? [])
  // "Principals specified in the grant can retire a grant without the kms:RetireGrant permission": neither a boundary
  // nor a session policy has to give it.
  const isSpecified = someGrantAllows(kase) || retiring.some((arn) => isPrincipal(arn, kase))
  if (isSpecified) return { decision: 'allowed', layer: 'grant' }
  // "A policy alone cannot allow access to this operation."
  if (grants.length === 0) return { decision: 'implicitDeny', layer: 'grant' }
  const isDelegated = !kase.isCrossAccount || retiring.some((arn) => isAccountOf(arn, kase))
  return isDelegated ? judgedByIdentity(side, kase) : { decision: 'implicitDeny', layer: 'grant' }
}
