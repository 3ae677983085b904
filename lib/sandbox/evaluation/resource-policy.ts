import type { Case } from './case.ts'
import type { IdentitySide } from './identity-side.ts'
import { type Naming, namingsIn } from './principal-matches.ts'
import { matchingStatements } from './statement-matches.ts'

/** As what the resource's own policy allows the request to the principal. */
export function allowedNamings(kase: Case): ReadonlySet<Naming> {
  return new Set(statementsOf('Allow', kase).flatMap((place) => namingsIn(place, kase)))
}

/** Whether the resource's own policy denies the request to the principal. */
export function resourcePolicyDenies(kase: Case): boolean {
  return statementsOf('Deny', kase).some((place) => namingsIn(place, kase).length > 0)
}

/**
 * Whether the resource policy alone lets a principal of the same account in. What is granted to the role stays under
 * the implicit denies of boundary and session policy; what is granted to the session or the user itself does not.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function isGranted(namings: ReadonlySet<Naming>, side: IdentitySide, kase: Case): boolean {
  if (namings.has('itself')) return true
  const isWithinLimits = side.boundary && side.session
  if (namings.has('role') && isWithinLimits) return true
  if (!namings.has('everyone')) return false
  return (
    isWithinLimits || kase.ask('a plain `*` as principal under a boundary or session policy', 'resource policy', true)
  )
}

function statementsOf(effect: 'Allow' | 'Deny', kase: Case) {
  const { policy } = kase.facts.resource
  return policy ? matchingStatements([policy], effect, 'resourcePolicy', kase) : []
}
