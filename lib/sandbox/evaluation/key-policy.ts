import type { Case } from './case.ts'
import type { Judgement } from './facts.ts'
import { someGrantAllows } from './grants.ts'
import { type IdentitySide, judgedByIdentity } from './identity-side.ts'
import { allowedNamings, isGranted } from './resource-policy.ts'
import { judgeRetireGrant } from './retire-grant.ts'

// "Cross-account permission is effective only for the following operations", without case:
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
const acrossAccounts: readonly RegExp[] = [
  /^kms:(de|en)crypt$/,
  /^kms:(de|en)capsulate$/,
  /^kms:reencrypt(from|to)$/,
  /^kms:generatedatakey(pair)?(withoutplaintext)?$/,
  /^kms:(generate|verify)mac$/,
  /^kms:(sign|verify|derivesharedsecret)$/,
  /^kms:(create|retire|revoke)grant$/,
  /^kms:(listgrants|describekey|getkeyrotationstatus|getpublickey)$/,
]

/**
 * Judges a request for a KMS key, nothing having denied it. The key policy is mandatory: it grants by itself, or, by a
 * statement for the account, lets the identity policies of that account grant. Grants stand beside it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function judgeKey(side: IdentitySide, kase: Case): Judgement {
  const action = kase.facts.action.toLowerCase()
  if (kase.isCrossAccount && !acrossAccounts.some((each) => each.test(action))) {
    return { decision: 'implicitDeny', layer: 'resourcePolicy' }
  }
  if (action === 'kms:retiregrant') return judgeRetireGrant(side, kase)
  const byPolicies = judgedByPolicies(side, kase)
  if (byPolicies.decision === 'allowed' || !grantServes(side, kase)) return byPolicies
  return { decision: 'allowed', layer: 'grant' }
}

function judgedByPolicies(side: IdentitySide, kase: Case): Judgement {
  const namings = allowedNamings(kase)
  if (namings.size === 0) return { decision: 'implicitDeny', layer: 'resourcePolicy' }
  if (kase.isCrossAccount) return judgedByIdentity(side, kase)
  if (isGranted(namings, side, kase)) return { decision: 'allowed', layer: 'resourcePolicy' }
  // What is left is the account, or a grant to the role that its boundary or session policy holds back.
  return judgedByIdentity(namings.has('account') ? side : { ...side, policies: true }, kase)
}

// "To give permission to use a KMS key to users and roles in another account, you must use two different types of
// policies" ("Allowing users in other accounts to use a KMS key") says nothing of grants. A service-linked role, which
// has no policy for keys of its customers, works by a grant of another account: EC2 Auto Scaling User Guide, "Required
// AWS KMS key policy for use with encrypted volumes", example 2. In the same account nothing says whether a boundary
// or a session policy that does not allow the operation limits a grant.
function grantServes(side: IdentitySide, kase: Case): boolean {
  if (!someGrantAllows(kase)) return false
  if (!kase.isCrossAccount) {
    return (side.boundary && side.session) || kase.ask('a grant under a boundary or session policy', 'grant', true)
  }
  if (kase.identity.isServiceLinkedRole || judgedByIdentity(side, kase).decision === 'allowed') return true
  return kase.ask('a grant to another account without an identity policy there', 'grant', true)
}
