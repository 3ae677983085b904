import { difference, intersection, isEmptyMask } from './action-mask.ts'
import type { CaseGrant } from './case.ts'
import { constrainedActions, createGrant, crossAccountActions, grantedActions } from './kms.ts'
import type { Candidate } from './layers.ts'
import type { Operator } from './operators.ts'
import { type Pattern, patternText } from './pattern.ts'
import type { Entry } from './prepare.ts'
import type { Identity, NamedAs } from './principal.ts'
import { namedBy } from './principal.ts'
import { sessionEntry } from './resource-side.ts'
import { opaque } from './settle.ts'
import type { Atom, Shape, Slot } from './situation.ts'

const ACCOUNT_GRANTEE = 'the grantee is an account, and AWS does not say whom of it the grant allows'
const CHILD = 'a grant allows CreateGrant only for grants that are as strict as it is'
const CAPPED_GRANT = 'AWS does not say whether boundaries and session policies limit grants'

/**
 * The grants of a key that name this principal. They only allow, and only their operations.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantCandidates(grants: readonly CaseGrant[], who: Identity, shape: Shape): Candidate[] {
  return grants.flatMap((grant, index) => {
    const naming = namedBy(grant.granteePrincipal, who)
    if (naming === undefined || naming.as === 'everyone') return []
    const pointer = `resource.grants[${index}]`
    const places = placesOf(naming, who, shape, pointer)
    return places.flatMap(({ slot, atoms }) => ofOperations(grant, { slot, atoms, pointer }, naming, shape))
  })
}

function ofOperations(
  { operations, constraints = {} }: CaseGrant,
  place: Pick<Candidate, 'slot' | 'atoms' | 'pointer'>,
  { ifSession }: NamedAs,
  { sides }: Shape,
): Candidate[] {
  const granted = grantedActions(operations)
  const mask = sides === 'crossAccount' ? intersection(granted, crossAccountActions) : granted
  const session = ifSession === undefined ? [] : [sessionEntry(ifSession)]
  const required = [...session, ...constraintEntries(constraints)]
  const parts: Pick<Candidate, 'mask' | 'entries' | 'atoms'>[] = [
    { mask: intersection(mask, constrainedActions), entries: required, atoms: place.atoms },
    { mask: intersection(mask, createGrant), entries: session, atoms: [...place.atoms, opaque(place.pointer, CHILD)] },
    { mask: difference(difference(mask, constrainedActions), createGrant), entries: session, atoms: place.atoms },
  ]
  return parts
    .filter((part) => !isEmptyMask(part.mask))
    .map((part) => ({ ...place, level: 0, effect: 'Allow', ...part }))
}

interface Place {
  slot: Slot
  atoms: readonly Atom[]
}

function placesOf({ as }: NamedAs, who: Identity, shape: Shape, pointer: string): Place[] {
  if (as === 'account' && who.kind !== 'root') return [{ slot: 'uncapped', atoms: [opaque(pointer, ACCOUNT_GRANTEE)] }]
  if (!shape.hasBoundary && !shape.hasSessionPolicy) return [{ slot: 'uncapped', atoms: [] }]
  return [
    { slot: 'direct', atoms: [] },
    { slot: 'uncapped', atoms: [opaque(pointer, CAPPED_GRANT)] },
  ]
}

/**
 * Names of an encryption context's pairs ignore case here, values do not. `Equals`: these pairs and no others.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraintEntries(constraints: NonNullable<CaseGrant['constraints']>): Entry[] {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = constraints
  const pairs = [...(equals ?? []), ...(subset ?? [])].map(([name, value]) =>
    entryOf(`kms:encryptioncontext:${name.toLowerCase()}`, { base: 'StringEquals' }, [value]),
  )
  if (equals === undefined) return pairs
  const names = [...equals.keys()]
  return [...pairs, entryOf('kms:encryptioncontextkeys', { base: 'StringEqualsIgnoreCase', set: 'all' }, names)]
}

function entryOf(contextKey: string, operator: Pick<Operator, 'base' | 'set'>, values: readonly string[]): Entry {
  const patterns = values.map((text): Pattern => (text === '' ? [] : [{ kind: 'text', text }]))
  const text = `constraint|${contextKey}|${JSON.stringify(patterns.map(patternText).sort())}`
  return { text, contextKey, operator: { negated: false, ifExists: false, ...operator }, patterns, reads: [contextKey] }
}
