import { difference, intersection, isEmptyMask, type Service } from './action-mask.ts'
import { opaque } from './atoms.ts'
import type { CaseGrant, CasePolicy, Unread } from './case.ts'
import { crossAccountActions, isUnsupportedInKeyPolicy, retireGrant, unsupportedInKeyPolicy } from './kms.ts'
import { type Candidate, type PlacedPolicy, type PolicyLevels, placedLevels } from './layers.ts'
import { isNamed, isSpared } from './not-principal.ts'
import type { PrincipalElement } from './policy.ts'
import { type Entry, type PreparedStatement, prepare } from './prepare.ts'
import { type Identity, type NamedAs, namings } from './principal.ts'
import type { Atom, Shape, Slot } from './situation.ts'
import { GRANTS_UNREAD, unreadCandidates } from './unread.ts'

const ANYBODY_CAPPED = 'AWS does not say whether boundaries and session policies limit an Allow to principal `*`'
const NOT_PRINCIPAL_ALLOW = 'AWS does not support NotPrincipal with Allow'
const NOT_PRINCIPAL_BOUNDARY = 'the permissions boundary was not read, and NotPrincipal hits whoever has one'
const NOT_PRINCIPAL_PARTLY = 'NotPrincipal names a part of the principal, its role and its account'

/** The statements of a key policy or of a secret's resource policy that name this principal. */
export function policyCandidates(policy: CasePolicy, service: Service, who: Identity, shape: Shape): Candidate[] {
  // One that was not read may allow whatever any of its statements could.
  const most = shape.sides === 'crossAccount' ? 'delegation' : 'uncapped'
  const slot: Slot = policy === 'unread' ? most : 'direct'
  const placed = { policy, slot, level: 0, pointer: 'resource.policy' }
  const candidates = candidatesOf(placed, service, who, shape)
  return service === 'kms' ? candidates.map((candidate) => ofKeyPolicy(candidate, shape)) : candidates
}

function ofKeyPolicy(candidate: Candidate, { sides }: Shape): Candidate {
  const mask = difference(candidate.mask, retireGrant)
  const isNarrowed = candidate.effect === 'Allow' && sides === 'crossAccount'
  const entries = candidate.entries.map((entry) =>
    entry.reads.some(isUnsupportedInKeyPolicy) ? { ...entry, unsupported: unsupportedInKeyPolicy } : entry,
  )
  return { ...candidate, entries, mask: isNarrowed ? intersection(mask, crossAccountActions) : mask }
}

/** The account that owns a key may retire its grants, and its identity policies delegate that; no key policy does. */
export function retireGrantDelegation(grants: readonly (CaseGrant | Unread)[], { sides }: Shape): Candidate[] {
  if (sides !== 'key' || grants.length === 0) return []
  const common = { slot: 'delegation', level: 0, effect: 'Allow', entries: [] } as const
  const atoms = grants.every((grant) => grant === 'unread') ? [opaque('any grant', GRANTS_UNREAD)] : []
  return [{ ...common, pointer: 'resource', mask: retireGrant, atoms }]
}

/**
 * The RCPs of the resource's account. They only deny, and bind all principals but service-linked roles.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpCandidates(rcps: PolicyLevels, service: Service, who: Identity, shape: Shape): Candidate[] {
  if (who.isServiceLinkedRole) return []
  return placedLevels(rcps, 'rcp')
    .flatMap((placed) => candidatesOf(placed, service, who, shape))
    .filter(({ effect }) => effect === 'Deny')
    .map((each) => (service === 'kms' ? { ...each, mask: difference(each.mask, retireGrant) } : each))
}

function candidatesOf(placed: PlacedPolicy, service: Service, who: Identity, shape: Shape): Candidate[] {
  const { policy, slot, level, pointer } = placed
  if (policy === 'unread') return unreadCandidates(placed, service)
  return prepare(policy, service).flatMap((statement): Candidate[] => {
    const { index, effect, mask, entries } = statement
    if (isEmptyMask(mask)) return []
    const common = { level, effect, pointer: `${pointer}.Statement[${index}]`, mask }
    const places = placesOf(statement, who, shape, common.pointer)
    return places.map(({ slot: place = slot, atoms, entry }) => {
      return { ...common, slot: place, atoms, entries: entry === undefined ? entries : [...entries, entry] }
    })
  })
}

interface Place {
  slot?: Slot
  atoms: readonly Atom[]
  entry?: Entry
}

function placesOf(statement: PreparedStatement, who: Identity, shape: Shape, pointer: string): Place[] {
  const { principal, effect } = statement
  if (principal === undefined) return []
  if (principal.negated) return notPrincipal(principal, effect, who, shape, pointer)
  const named = namings(principal, who)
  if (effect === 'Deny') return named.map(({ ifSession }) => withSession({ atoms: [] }, ifSession))
  return named.flatMap((naming) => allowPlaces(naming, statement, shape, pointer))
}

/**
 * What an Allow to this kind of Principal stands for.
 * - In another account: that the identity policies there count, whomever it names.
 * - The account: its identity policies count; the root user needs none.
 * - A role: the implicit deny of its boundary and session policy limits the grant. Not so for a session, a user, or `*`
 *   with a condition on aws:PrincipalArn.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
const slotOf: Record<NamedAs['as'], Slot> = {
  account: 'delegation',
  role: 'direct',
  session: 'uncapped',
  user: 'uncapped',
  everyone: 'uncapped',
}

function allowPlaces(
  { as, ifSession }: NamedAs,
  { entries }: PreparedStatement,
  shape: Shape,
  pointer: string,
): Place[] {
  if (shape.sides === 'crossAccount') return [withSession({ slot: 'delegation', atoms: [] }, ifSession)]
  const isCapped = shape.hasBoundary || shape.hasSessionPolicy
  const readsArn = entries.some(namesPrincipal)
  if (as !== 'everyone' || !isCapped || readsArn) return [withSession({ slot: slotOf[as], atoms: [] }, ifSession)]
  return [
    { slot: 'direct', atoms: [] },
    { slot: 'uncapped', atoms: [opaque(pointer, ANYBODY_CAPPED)] },
  ]
}

/**
 * A Deny with NotPrincipal hits every principal that has a boundary, whomever it spares.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function notPrincipal(
  element: PrincipalElement,
  effect: 'Allow' | 'Deny',
  who: Identity,
  shape: Shape,
  pointer: string,
): Place[] {
  if (effect === 'Allow') {
    const slot = shape.sides === 'crossAccount' ? 'delegation' : 'uncapped'
    return isNamed(element, who) ? [] : [{ slot, atoms: [opaque(pointer, NOT_PRINCIPAL_ALLOW)] }]
  }
  const spared = isSpared(element, who)
  if (spared === false || (shape.hasBoundary && !shape.isBoundaryUnread)) return [{ atoms: [] }]
  if (spared === undefined) return [{ atoms: [opaque(pointer, NOT_PRINCIPAL_PARTLY)] }]
  return shape.isBoundaryUnread ? [{ atoms: [opaque('boundary', NOT_PRINCIPAL_BOUNDARY)] }] : []
}

/** A negated condition names nobody. */
function namesPrincipal({ contextKey, operator }: Entry): boolean {
  return contextKey === 'aws:principalarn' && operator?.negated === false && operator.base !== 'Null'
}

function withSession(place: Place, sessionName: string | undefined): Place {
  return sessionName === undefined ? place : { ...place, entry: sessionEntry(sessionName) }
}

/** Holds for the session of this name: aws:userid of a session is the role's id, a colon and the session's name. */
export function sessionEntry(sessionName: string): Entry {
  return {
    text: `session|${sessionName}`,
    contextKey: 'aws:userid',
    operator: { base: 'StringLike', negated: false, ifExists: false },
    patterns: [[{ kind: 'many' }, { kind: 'text', text: `:${sessionName}` }]],
    reads: ['aws:userid'],
  }
}
