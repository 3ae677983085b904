import { type Case, caseOf } from './case.ts'
import { denyingLayer } from './denials.ts'
import type { Facts, Judgement } from './facts.ts'
import { type IdentitySide, identitySideOf, judgedByIdentity } from './identity-side.ts'
import { judgeKey } from './key-policy.ts'
import { scpsAllow } from './organization.ts'
import { underEveryReading } from './readings.ts'
import { judgeSecret } from './secret-policy.ts'
import { judgeTrust } from './trust-policy.ts'

// How identity side and resource side go together is the service's matter.
const judgeResource: Readonly<Record<Facts['resource']['type'], (side: IdentitySide, kase: Case) => Judgement>> = {
  'kms-key': judgeKey,
  secret: judgeSecret,
  role: judgeTrust,
  other: judgeOther,
}

/**
 * Decides one request as AWS's documents say: any Deny, then the SCPs of every level, then the resource's policy and
 * the principal's policies within boundary and session policies. Written from the documents, rule by rule, to be read
 * and not to be fast. Policies are taken as well-formed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(facts: Facts): Judgement {
  return underEveryReading((ask) => judge(caseOf(facts, ask)))
}

function judge(kase: Case): Judgement {
  const denying = denyingLayer(kase)
  if (denying) return { decision: 'explicitDeny', layer: denying }
  if (!scpsAllow(kase)) return { decision: 'implicitDeny', layer: 'scp' }
  return judgeResource[kase.facts.resource.type](identitySideOf(kase), kase)
}

// Without a resource policy there is nobody who could let another account in.
function judgeOther(side: IdentitySide, kase: Case): Judgement {
  return kase.isCrossAccount ? { decision: 'implicitDeny', layer: 'resourcePolicy' } : judgedByIdentity(side, kase)
}
