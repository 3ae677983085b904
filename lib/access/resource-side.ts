import { type ActionMask, difference, intersection, isEmptyMask, type Service } from './action-mask.ts'
import { crossAccountActions, retireGrant } from './kms.ts'
import { type Candidate, type PlacedPolicy, placedLevels } from './layers.ts'
import type { Policy } from './policy.ts'
import { type Entry, type PreparedStatement, prepare } from './prepare.ts'
import { type Identity, type NamedAs, namings } from './principal.ts'
import { opaque } from './settle.ts'
import type { Atom, Shape, Slot } from './situation.ts'

const ANYBODY_CAPPED = 'AWS does not say whether boundaries and session policies limit an Allow to principal `*`'
const NOT_PRINCIPAL_ALLOW = 'AWS does not support NotPrincipal with Allow'
const NOT_PRINCIPAL_PARTLY = 'NotPrincipal names the principal, but not its account or role as well'

/** The statements of a key policy or of a secret's resource policy that name this principal. */
export function policyCandidates(policy: Policy, service: Service, who: Identity, shape: Shape): Candidate[] {
  const placed = { policy, slot: 'direct' as const, level: 0, pointer: 'resource.policy' }
  const candidates = candidatesOf(placed, service, who, shape)
  if (service !== 'kms') return candidates
  return candidates.map((each) => {
    return { ...each, mask: each.effect === 'Allow' ? allowable(each.mask, shape) : each.mask, isOfKeyPolicy: true }
  })
}

/** What a key policy can allow. */
function allowable(mask: ActionMask, { sides }: Shape): ActionMask {
  return difference(sides === 'crossAccount' ? intersection(mask, crossAccountActions) : mask, retireGrant)
}

/**
 * The RCPs of the resource's account. They only deny, and bind all principals but service-linked roles.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpCandidates(
  rcps: readonly (readonly Policy[])[],
  service: Service,
  who: Identity,
  shape: Shape,
): Candidate[] {
  if (who.isServiceLinkedRole) return []
  return placedLevels(rcps, 'rcp')
    .flatMap((placed) => candidatesOf(placed, service, who, shape))
    .filter(({ effect }) => effect === 'Deny')
    .map((each) => (service === 'kms' ? { ...each, mask: difference(each.mask, retireGrant) } : each))
}

function candidatesOf({ policy, slot, level, pointer }: PlacedPolicy, service: Service, who: Identity, shape: Shape) {
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
  const named = namings(principal, who)
  if (principal.negated) return notPrincipal(named, effect, who, shape, pointer)
  if (effect === 'Deny') return named.map(({ ifSession }) => withSession({ atoms: [] }, ifSession))
  return named.flatMap((naming) => allowPlaces(naming, statement, who, shape, pointer))
}

/**
 * What an Allow to this kind of Principal stands for.
 * - The account: its identity policies count, and its root user is named.
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
  who: Identity,
  shape: Shape,
  pointer: string,
): Place[] {
  if (who.kind === 'root') return [{ slot: 'uncapped', atoms: [] }]
  const isCapped = shape.hasBoundary || shape.hasSessionPolicy
  const readsArn = entries.some(({ contextKey }) => contextKey === 'aws:principalarn')
  if (as !== 'everyone' || !isCapped || readsArn) return [withSession({ slot: slotOf[as], atoms: [] }, ifSession)]
  return [
    { slot: 'direct', atoms: [] },
    { slot: 'uncapped', atoms: [opaque(pointer, ANYBODY_CAPPED)] },
  ]
}

/**
 * A Deny with NotPrincipal hits every principal that has a boundary. It spares users and roles that it names together
 * with their account; whether it spares one that it names without is not told. The account alone means its root user.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notPrincipal(
  named: readonly NamedAs[],
  effect: 'Allow' | 'Deny',
  who: Identity,
  shape: Shape,
  pointer: string,
): Place[] {
  const names = new Set(named.map(({ as }) => as))
  const isNamed = who.kind === 'root' ? names.has('account') : names.size > (names.has('account') ? 1 : 0)
  if (names.has('everyone')) return []
  if (effect === 'Allow') return isNamed ? [] : [{ slot: 'uncapped', atoms: [opaque(pointer, NOT_PRINCIPAL_ALLOW)] }]
  if (shape.hasBoundary || !isNamed) return [{ atoms: [] }]
  const isWhole = names.has('account') && (who.kind === 'root' || names.has('user') || names.has('role'))
  return isWhole ? [] : [{ atoms: [opaque(pointer, NOT_PRINCIPAL_PARTLY)] }]
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
