import type { Case } from './case.ts'
import type { Judgement } from './facts.ts'
import { type IdentitySide, judgedByIdentity } from './identity-side.ts'
import { allowedNamings, isGranted } from './resource-policy.ts'

/**
 * Judges a request for a secret, nothing having denied it. In one account either side is enough, across accounts both
 * are needed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function judgeSecret(side: IdentitySide, kase: Case): Judgement {
  const namings = allowedNamings(kase)
  if (!kase.isCrossAccount && isGranted(namings, side, kase)) return { decision: 'allowed', layer: 'resourcePolicy' }
  const byIdentity = judgedByIdentity(side, kase)
  if (byIdentity.decision === 'allowed' && kase.isCrossAccount && namings.size === 0) {
    return { decision: 'implicitDeny', layer: 'resourcePolicy' }
  }
  return byIdentity
}
