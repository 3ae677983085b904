import type { PrincipalElement } from './policy.ts'
import { type Identity, namedBy, namings, readIdentity } from './principal.ts'

/**
 * Whether a Deny with this NotPrincipal spares the principal; undefined where the documents do not say. It spares a
 * user or role that it lists together with the account, and then nobody else of the account but its root user; with a
 * session beside both, that session alone.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isSpared(element: PrincipalElement, who: Identity): boolean | undefined {
  const names = new Set(namings(element, who).map(({ as }) => as))
  if (names.has('everyone') || (who.kind === 'root' && names.has('account'))) return true
  const isListed = names.has('user') || names.has('role')
  if (isListed && names.has('account')) return isSessionSpared(element, who)
  if (isListed || names.has('session')) return undefined
  // An account beside others of it spares none but them; of an account alone nothing is said.
  return names.has('account') && !element.aws.some((entry) => isOfAccount(entry, who)) ? undefined : false
}

/** Whether NotPrincipal names the principal whatever the name of its session. */
export function isNamed(element: PrincipalElement, who: Identity): boolean {
  return namings(element, who).some(({ as, ifSession }) => {
    return ifSession === undefined && (as !== 'account' || who.kind === 'root')
  })
}

function isSessionSpared({ aws }: PrincipalElement, who: Identity): boolean | undefined {
  const sessions = aws.filter((entry) => isSessionOf(entry, who))
  if (sessions.length === 0) return true
  // Nobody said which session of the role asks.
  if (who.sessionName === undefined) return undefined
  return sessions.some((entry) => namedBy(entry, who) !== undefined)
}

function isSessionOf(entry: string, { kind, name, account }: Identity): boolean {
  const named = readIdentity(entry)
  return kind === 'role' && named?.sessionName !== undefined && named.name === name && named.account === account
}

/** Whether an entry is a user, a role or a session of the principal's account. */
function isOfAccount(entry: string, { account }: Identity): boolean {
  const named = readIdentity(entry)
  return named !== undefined && named.kind !== 'root' && named.account === account
}
