import { difference, intersection, isEmptyMask } from './action-mask.ts'
import { opaque } from './atoms.ts'
import type { CaseGrant } from './case.ts'
import { constrainedActions, createGrant, crossAccountActions, grantedActions, retireGrant } from './kms.ts'
import type { Candidate } from './layers.ts'
import type { Operator } from './operators.ts'
import { type Pattern, patternText } from './pattern.ts'
import type { Entry } from './prepare.ts'
import type { Identity, NamedAs } from './principal.ts'
import { namedBy } from './principal.ts'
import { sessionEntry } from './resource-side.ts'
import type { Atom, Shape, Slot } from './situation.ts'

const ACCOUNT_GRANTEE = 'the grantee is an account, and AWS does not say whom of it the grant allows'
const CHILD = 'a grant with constraints allows CreateGrant only for grants that are as strict'
const CAPPED_GRANT = 'AWS does not say whether boundaries and session policies limit grants'

/**
 * The grants of a key that name this principal. They only allow, and only their operations.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantCandidates(grants: readonly CaseGrant[], who: Identity, shape: Shape): Candidate[] {
  return grants.flatMap((grant, index) => {
    const naming = namedBy(grant.granteePrincipal, who)
    if (naming === undefined || naming.as === 'everyone') return []
    return partsOf(grant, naming, shape).flatMap(({ mask, entries, isCapped, doubt }) => {
      if (isEmptyMask(mask)) return []
      const pointer = `resource.grants[${index}]`
      const doubts = doubt === undefined ? [] : [opaque(pointer, doubt)]
      return placesOf(naming, who, isCapped, pointer).map(({ slot, atoms }): Candidate => {
        return { slot, level: 0, effect: 'Allow', pointer, mask, entries, atoms: [...atoms, ...doubts] }
      })
    })
  })
}

interface Part extends Pick<Candidate, 'mask' | 'entries'> {
  isCapped: boolean
  doubt?: string
}

/** The operations of a grant, apart by what they ask. */
function partsOf({ operations, constraints = {} }: CaseGrant, { ifSession }: NamedAs, shape: Shape): Part[] {
  const granted = grantedActions(operations)
  const mask = shape.sides === 'crossAccount' ? intersection(granted, crossAccountActions) : granted
  const session = ifSession === undefined ? [] : [sessionEntry(ifSession)]
  const constrained = constraintEntries(constraints)
  const isCapped = shape.hasBoundary || shape.hasSessionPolicy
  const others = [constrainedActions, createGrant, retireGrant].reduce(difference, mask)
  return [
    { mask: intersection(mask, constrainedActions), entries: [...session, ...constrained], isCapped },
    {
      mask: intersection(mask, createGrant),
      entries: session,
      isCapped,
      ...(constrained.length > 0 && { doubt: CHILD }),
    },
    { mask: intersection(mask, retireGrant), entries: session, isCapped: false },
    { mask: others, entries: session, isCapped },
  ]
}

interface Place {
  slot: Slot
  atoms: readonly Atom[]
}

function placesOf({ as }: NamedAs, who: Identity, isCapped: boolean, pointer: string): Place[] {
  if (as === 'account' && who.kind !== 'root') return [{ slot: 'uncapped', atoms: [opaque(pointer, ACCOUNT_GRANTEE)] }]
  if (!isCapped) return [{ slot: 'uncapped', atoms: [] }]
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
