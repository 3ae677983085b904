import type { Case } from './case.ts'
import type { Place } from './condition-holds.ts'
import { operatorOf } from './condition-operators.ts'
import type { PrincipalElement } from './facts.ts'
import { notPrincipalDenies } from './not-principal.ts'
import { accountNamed, awsPrincipals } from './principal-element.ts'

/**
 * As what the principal is named. It makes a difference where policies of the principal limit what it may do: `itself`
 * (a user, exactly this session, the root user), `role` (the role of the session), `everyone` (`*`), `account` (which
 * delegates to the account and grants nobody anything).
 */
export type Naming = 'itself' | 'role' | 'everyone' | 'account'

/**
 * As what a statement's Principal or NotPrincipal element names the principal; empty when not at all.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namingsIn(place: Place, kase: Case): Naming[] {
  const { Effect, Principal, NotPrincipal } = place.statement
  if (NotPrincipal === undefined) return namingsOf(Principal, place, kase)
  if (Effect === 'Deny') return notPrincipalDenies(NotPrincipal, place.statement, kase) ? ['everyone'] : []
  // Of an account alone nothing is said: its principals may be left out, or not.
  const isListed = namingsOf(NotPrincipal, place, kase).some((naming) => naming !== 'account')
  return !isListed && kase.ask('NotPrincipal with Allow is not supported', place.statement, true) ? ['everyone'] : []
}

function namingsOf(element: PrincipalElement | undefined, place: Place, { identity }: Case): Naming[] {
  return awsPrincipals(element).flatMap((principal): Naming[] => {
    if (principal === '*') return [namesPrincipalArn(place) ? 'itself' : 'everyone']
    if (accountNamed(principal) === identity.account) return [identity.kind === 'root' ? 'itself' : 'account']
    if (principal === identity.sessionArn) return ['itself']
    // "IAM transforms the ARN to the user's [role's] unique principal ID when you save the policy."
    if (principal === identity.arn || principal === identity.uniqueId)
      return [identity.kind === 'role' ? 'role' : 'itself']
    return []
  })
}

// "Identity-based policy types, such as permissions boundaries or session policies, do not limit permissions granted
// using the aws:PrincipalArn condition key with a wildcard (*) in the Principal element" (Principal, "IAM role principals").
function namesPrincipalArn({ statement }: Place): boolean {
  return Object.entries(statement.Condition ?? {}).some(([operator, keys]) => {
    const base = operator.replace(/^\w+:/, '').replace(/IfExists$/, '')
    const found = operatorOf(base)
    return found && !found.isNegated && Object.keys(keys).some((key) => key.toLowerCase() === 'aws:principalarn')
  })
}
