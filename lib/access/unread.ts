import { maskWhere, type Service } from './action-mask.ts'
import { opaque } from './atoms.ts'
import type { Candidate } from './layers.ts'
import type { Atom, LiveStatement, Slot } from './situation.ts'

const effects = ['Allow', 'Deny'] as const

export const GRANTS_UNREAD = 'the grants were not read'
const ofResource = 'the policy of the resource was not read'
const notRead: Record<Slot, string> = {
  identity: 'not all identity policies were read',
  boundary: 'the permissions boundary was not read',
  session: 'the session policy was not read',
  scp: 'the SCPs were not read',
  rcp: 'the RCPs were not read',
  delegation: ofResource,
  direct: ofResource,
  uncapped: ofResource,
}

const anyAction = {
  kms: maskWhere('kms', () => true),
  secretsmanager: maskWhere('secretsmanager', () => true),
}

/**
 * What stands for a policy that was not read: it may allow and may deny every action, before the removal and after it
 * each by itself, because it may read the tags. Whether it exists need not be known.
 */
export function unreadCandidates(
  { slot, level, pointer }: Pick<LiveStatement, 'slot' | 'level' | 'pointer'>,
  service: Service,
): Candidate[] {
  return effects.map((effect) => {
    const atoms = [onEachSide(opaque(`${pointer}|${effect}`, notRead[slot]))]
    return { slot, level, effect, pointer, mask: anyAction[service], entries: [], atoms }
  })
}

function onEachSide(atom: Atom): Atom {
  return atom.opaque === undefined ? atom : { ...atom, opaque: { ...atom.opaque, perSide: true } }
}

/** Whether the removal may change whether a candidate matches, though no context key that it reads tells so. */
export function mayFlipUnseen({ atoms }: Pick<Candidate, 'atoms'>): boolean {
  return atoms.some((atom) => atom.opaque?.perSide)
}

/** A candidate for a request that the removal leaves as it is: what nobody knows is then the same before and after. */
export function onBothSides(candidate: Candidate): Candidate {
  const atoms = candidate.atoms.map((atom) =>
    atom.opaque ? { ...atom, opaque: { ...atom.opaque, perSide: false } } : atom,
  )
  return { ...candidate, atoms }
}
