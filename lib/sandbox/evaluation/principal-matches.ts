import type { Case } from './case.ts'
import type { Place } from './condition-holds.ts'
import { operatorOf } from './condition-operators.ts'
import { listOf, type PrincipalElement } from './facts.ts'

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
  if (Effect === 'Deny') return isDeniedByNotPrincipal(NotPrincipal, place, kase) ? ['everyone'] : []
  const isListed = namingsOf(NotPrincipal, place, kase).length > 0
  return !isListed && kase.ask('NotPrincipal with Allow is not supported', place.statement, true) ? ['everyone'] : []
}

function namingsOf(element: PrincipalElement | undefined, place: Place, { identity }: Case): Naming[] {
  return awsPrincipals(element).flatMap((principal): Naming[] => {
    if (principal === '*') return [namesPrincipalArn(place) ? 'itself' : 'everyone']
    if (accountNamed(principal) === identity.account) return [identity.kind === 'root' ? 'itself' : 'account']
    if (principal === identity.sessionArn) return ['itself']
    if (principal === identity.arn) return [identity.kind === 'role' ? 'role' : 'itself']
    return []
  })
}

function awsPrincipals(element: PrincipalElement | undefined): readonly string[] {
  if (element === undefined) return []
  return element === '*' ? ['*'] : listOf(element.AWS)
}

// The ARN `…:root` and the bare account id "behave the same way".
function accountNamed(principal: string): string | undefined {
  const [, arnAccount, bareAccount] = /^(?:arn:[^:]+:iam::(\d{12}):root|(\d{12}))$/.exec(principal) ?? []
  return arnAccount ?? bareAccount
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

/**
 * A principal is spared when all is listed that AWS may look at: its account, and the role or user. With a part of it
 * listed, AWS "might" deny. A permissions boundary undoes the list.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (Important)
 */
function isDeniedByNotPrincipal(element: PrincipalElement, place: Place, kase: Case): boolean {
  const { facts, identity, ask } = kase
  if (facts.principal.boundary) return true
  const listed = new Set(namingsOf(element, place, kase))
  if (listed.size === 0) return true
  const self = identity.kind === 'role' ? 'role' : 'itself'
  const isAccountListed = identity.kind === 'root' || listed.has('account')
  if (listed.has('everyone') || (listed.has(self) && isAccountListed)) return false
  const isNamed = listed.has('role') || listed.has('itself')
  return ask('NotPrincipal lists a part of account, role and session', place.statement, !isNamed)
}
