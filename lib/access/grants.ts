import { difference, intersection, isEmptyMask } from './action-mask.ts'
import { opaque } from './atoms.ts'
import type { CaseGrant, Unread } from './case.ts'
import { encryptionEntries, sourceEntries } from './grant-constraints.ts'
import { allGrantedActions, constrainedActions, createGrant, describeKey, grantedActions, retireGrant } from './kms.ts'
import type { Candidate } from './layers.ts'
import type { Entry } from './prepare.ts'
import type { Identity, NamedAs } from './principal.ts'
import { namedBy } from './principal.ts'
import { sessionEntry } from './resource-side.ts'
import type { Atom, Shape, Slot } from './situation.ts'
import { GRANTS_UNREAD } from './unread.ts'

const ACCOUNT_GRANTEE = 'the grantee is an account, and AWS does not say whom of it the grant allows'
const CHILD = 'a grant with constraints allows CreateGrant only for grants that are as strict'
const DESCRIBE_KEY =
  'a SourceArn constraint “can also be applied to the DescribeKey operation”, and AWS does not say when'

/**
 * The grants of a key that name this principal. They only allow, and only their operations.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantCandidates(
  grants: readonly (CaseGrant | Unread)[],
  who: Identity,
  shape: Shape,
): readonly Candidate[] {
  return grants.flatMap((grant, index) => {
    if (grant === 'unread') return unreadGrant()
    const pointer = `resource.grants[${index}]`
    return [...granteeCandidates(grant, pointer, who, shape), ...retiringCandidates(grant, pointer, who)]
  })
}

/** Grants hang on no tag: what those that were not read allow, they allow before and after the removal. */
function unreadGrant(): Candidate {
  const pointer = 'resource.grants'
  const atoms = [opaque(pointer, GRANTS_UNREAD)]
  return { ...unconditional, pointer, mask: allGrantedActions, atoms }
}

function granteeCandidates(grant: CaseGrant, pointer: string, who: Identity, shape: Shape): Candidate[] {
  const naming = namedBy(grant.granteePrincipal, who)
  if (naming === undefined || naming.as === 'everyone') return []
  return partsOf(grant, naming, shape, who).flatMap(({ mask, entries, limit, doubt }) => {
    if (isEmptyMask(mask)) return []
    const doubts = doubt === undefined ? [] : [opaque(pointer, doubt)]
    return placesOf(naming, who, limit, pointer).map(({ slot, atoms }): Candidate => {
      return { ...unconditional, slot, pointer, mask, entries, atoms: [...atoms, ...doubts] }
    })
  })
}

/**
 * Whom a grant names may retire it without any other permission; an account hands that on by its identity policies.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
function retiringCandidates({ retiringPrincipal }: CaseGrant, pointer: string, who: Identity): Candidate[] {
  const naming = retiringPrincipal === undefined ? undefined : namedBy(retiringPrincipal, who)
  if (naming === undefined || naming.as === 'everyone') return []
  const isByAccount = naming.as === 'account' && who.kind !== 'root'
  const entries = sessionEntries(naming)
  return [{ ...unconditional, slot: isByAccount ? 'delegation' : 'uncapped', pointer, mask: retireGrant, entries }]
}

const unconditional = { slot: 'uncapped', level: 0, effect: 'Allow', entries: [], atoms: [] } as const

function sessionEntries({ ifSession }: NamedAs): Entry[] {
  return ifSession === undefined ? [] : [sessionEntry(ifSession)]
}

/** What may limit a grant besides its own constraints: AWS does not say that it does, nor that it does not. */
interface Limit {
  /** Where the grant counts if it is limited. */
  slot: Slot
  doubt: string
}

const limits = {
  /** KMS Developer Guide, "Allowing users in other accounts to use a KMS key", asks for policies of both accounts. */
  account: {
    slot: 'delegation',
    doubt: 'AWS does not say whether a grant to another account needs an identity policy there',
  },
  caps: { slot: 'direct', doubt: 'AWS does not say whether boundaries and session policies limit grants' },
} as const satisfies Record<string, Limit>

/**
 * A service-linked role, whose policy gives it no customer managed key, works by a grant of another account alone.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function limitOf({ sides, hasBoundary, hasSessionPolicy }: Shape, who: Identity): Limit | undefined {
  if (sides === 'crossAccount') return who.isServiceLinkedRole ? undefined : limits.account
  return hasBoundary || hasSessionPolicy ? limits.caps : undefined
}

interface Part extends Pick<Candidate, 'mask' | 'entries'> {
  limit?: Limit | undefined
  doubt?: string
}

/** The operations of a grant, apart by what they ask. Only to retire it asks nothing. */
function partsOf({ operations, constraints = {} }: CaseGrant, naming: NamedAs, shape: Shape, who: Identity): Part[] {
  const mask = grantedActions(operations)
  const session = sessionEntries(naming)
  const source = sourceEntries(constraints)
  const constrained = [...source, ...encryptionEntries(constraints)]
  const common = { entries: [...session, ...source], limit: limitOf(shape, who) }
  const others = [constrainedActions, createGrant, retireGrant].reduce(difference, mask)
  return [
    { ...common, mask: intersection(mask, constrainedActions), entries: [...session, ...constrained] },
    { ...common, mask: intersection(mask, createGrant), ...(constrained.length > 0 && { doubt: CHILD }) },
    { mask: intersection(mask, retireGrant), entries: session },
    ...source.map(({ operator, ...entry }) => ({
      ...common,
      mask: intersection(mask, describeKey),
      entries: [
        ...session,
        { ...entry, text: `${entry.text} if it exists`, operator: { ...operator, ifExists: true } },
      ],
      doubt: DESCRIBE_KEY,
    })),
    { ...common, mask: others },
  ]
}

interface Place {
  slot: Slot
  atoms: readonly Atom[]
}

function placesOf({ as }: NamedAs, who: Identity, limit: Limit | undefined, pointer: string): Place[] {
  if (as === 'account' && who.kind !== 'root') return [{ slot: 'uncapped', atoms: [opaque(pointer, ACCOUNT_GRANTEE)] }]
  if (limit === undefined) return [{ slot: 'uncapped', atoms: [] }]
  return [
    { slot: limit.slot, atoms: [] },
    { slot: 'uncapped', atoms: [opaque('', limit.doubt)] },
  ]
}
