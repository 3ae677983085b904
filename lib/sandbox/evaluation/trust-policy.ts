import type { Case } from './case.ts'
import type { Judgement } from './facts.ts'
import { type IdentitySide, judgedByIdentity } from './identity-side.ts'
import { allowedNamings, isGranted } from './resource-policy.ts'

/**
 * Judges the assuming of a role, nothing having denied it. Like a key policy, the trust policy is mandatory: it names
 * the principal, which is enough in one account, or the account, whose identity policies then must allow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (not with root user credentials)
 */
export function judgeTrust(side: IdentitySide, kase: Case): Judgement {
  if (kase.identity.kind === 'root') return { decision: 'implicitDeny', layer: 'rootUser' }
  const namings = allowedNamings(kase)
  if (!kase.isCrossAccount && isGranted(namings, side, kase)) return { decision: 'allowed', layer: 'resourcePolicy' }
  if (namings.size === 0) return { decision: 'implicitDeny', layer: 'resourcePolicy' }
  return judgedByIdentity(side, kase)
}
