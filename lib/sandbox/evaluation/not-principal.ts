import type { Case } from './case.ts'
import type { PrincipalElement, Statement } from './facts.ts'
import type { Identity } from './identity.ts'
import { accountNamed, awsPrincipals } from './principal-element.ts'

/**
 * What an entry of the list is to the principal: `itself` is what aws:PrincipalArn says (the user, the role, the root
 * user), `session` exactly the session that asks, `neighbour` somebody else of its account. Of a session whose name
 * nobody said every session of its role `maybe` is the one.
 */
type Listed = 'everyone' | 'account' | 'itself' | 'session' | 'otherSession' | 'maybe' | 'neighbour'

interface Reading {
  readonly lists: readonly Listed[]
  readonly isDenied: boolean
  /** AWS says "might", or nothing: `isDenied` is the sandbox's reading then. */
  readonly isOpen?: true
}

/**
 * Whom a Deny with NotPrincipal hits, by what it lists; the first row of which all is listed decides. The page says:
 * (1) "explicitly denied to all principals except for the ones specified";
 * (2) "include the ARN for a user's account, or […] both the ARN for a role and the ARN for the account";
 * (3) without them "the policy might deny access to the entire account", or "to the role";
 * (4) of [user Bob, his account]: "all principals except the user named Bob […] are explicitly denied";
 * (5) of [a session, its role, its account]: "all principals except the assumed-role user named […] are".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
const readings: readonly Reading[] = [
  { lists: ['everyone'], isDenied: false }, // 1
  { lists: ['account', 'itself', 'session'], isDenied: false }, // 5
  { lists: ['account', 'itself', 'otherSession'], isDenied: true }, // 5
  { lists: ['account', 'itself', 'maybe'], isDenied: false, isOpen: true }, // 5
  { lists: ['account', 'itself'], isDenied: false }, // 2
  { lists: ['itself'], isDenied: false, isOpen: true }, // 3
  { lists: ['session'], isDenied: false, isOpen: true }, // 3
  { lists: ['maybe'], isDenied: true, isOpen: true }, // 3
  { lists: ['account', 'neighbour'], isDenied: true }, // 4
  { lists: ['account'], isDenied: true, isOpen: true }, // nothing is said of an account alone
]
const unlisted: Reading = { lists: [], isDenied: true } // 1

/**
 * Whether a Deny with this NotPrincipal element hits the principal. A permissions boundary undoes the list.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (Important)
 */
export function notPrincipalDenies(element: PrincipalElement, statement: Statement, kase: Case): boolean {
  if (kase.facts.principal.boundary) return true
  const listed = new Set(awsPrincipals(element).flatMap((principal) => listedAs(principal, kase.identity)))
  const { lists, isDenied, isOpen } = readings.find((each) => each.lists.every((one) => listed.has(one))) ?? unlisted
  return isOpen ? kase.ask(`NotPrincipal that lists ${lists.join(' and ')}`, statement, isDenied) : isDenied
}

function listedAs(principal: string, identity: Identity): Listed[] {
  if (principal === '*') return ['everyone']
  if (accountNamed(principal) === identity.account)
    return identity.kind === 'root' ? ['account', 'itself'] : ['account']
  if (principal === identity.arn || principal === identity.uniqueId) return ['itself']
  if (principal === identity.sessionArn) return ['session']
  if (isSessionOf(identity, principal))
    return identity.sessionArn === undefined ? ['maybe'] : ['otherSession', 'neighbour']
  return principal.split(':')[4] === identity.account ? ['neighbour'] : []
}

// A session's ARN carries the role's name without its path.
function isSessionOf({ kind, account, arn }: Identity, principal: string): boolean {
  const roleName = arn.slice(arn.lastIndexOf('/') + 1)
  return kind === 'role' && principal.includes(`:sts::${account}:assumed-role/${roleName}/`)
}
