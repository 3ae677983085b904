import { type ActionMask, isEmptyMask, type Service } from './action-mask.ts'
import type { CasePolicy, CasePrincipal } from './case.ts'
import { type Entry, prepare } from './prepare.ts'
import type { Identity } from './principal.ts'
import type { Atom, LiveStatement, Slot } from './situation.ts'
import { unreadCandidates } from './unread.ts'

/** A statement or grant that names this principal: it matches where all its entries hold, and all its atoms. */
export interface Candidate {
  readonly slot: Slot
  readonly level: number
  readonly effect: LiveStatement['effect']
  readonly pointer: string
  readonly mask: ActionMask
  readonly entries: readonly Entry[]
  /** What hangs on nothing that the request or the resource tells. */
  readonly atoms: readonly Atom[]
}

/** A policy with the layer that it stands in and its place in the case. */
export interface PlacedPolicy {
  readonly policy: CasePolicy
  readonly slot: Slot
  readonly level: number
  /** Of what was not read, only the layer: nobody knows what it is made of. */
  readonly pointer: string
}

export type PolicyLevels = readonly (readonly CasePolicy[])[]

/**
 * The policies that stand on the principal's side: its own and its groups', its boundary and session policy, and the
 * SCPs that bind it, which are those of every account principal but service-linked roles; the root user has no others.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function policiesOf(principal: CasePrincipal, scps: PolicyLevels, who: Identity): PlacedPolicy[] {
  const own = who.kind === 'root' ? [] : ownPolicies(principal)
  return who.isServiceLinkedRole ? own : [...own, ...placedLevels(scps, 'scp')]
}

function ownPolicies({ identityPolicies, groups = [], boundary, sessionPolicy }: CasePrincipal): PlacedPolicy[] {
  return [
    ...placed(identityPolicies, 'identity', 'identityPolicies'),
    ...groups.flatMap(({ policies }, index) => placed(policies, 'identity', `groups[${index}].policies`)),
    ...(boundary ? [{ policy: boundary, slot: 'boundary' as const, level: 0, pointer: 'boundary' }] : []),
    ...(sessionPolicy ? [{ policy: sessionPolicy, slot: 'session' as const, level: 0, pointer: 'sessionPolicy' }] : []),
  ]
}

function placed(policies: readonly CasePolicy[], slot: Slot, layer: string): PlacedPolicy[] {
  return policies.map((policy, index) => {
    return { policy, slot, level: 0, pointer: policy === 'unread' ? layer : `${layer}[${index}]` }
  })
}

/** Policies of Organizations, which stand on levels: the root, its OUs, the account. */
export function placedLevels(levels: PolicyLevels, slot: 'scp' | 'rcp'): PlacedPolicy[] {
  return levels.flatMap((policies, level) =>
    policies.map((policy, index) => {
      return { policy, slot, level, pointer: policy === 'unread' ? `${slot}s` : `${slot}s[${level}][${index}]` }
    }),
  )
}

/** The statements of policies that name no principal. */
export function principalSide(policies: readonly PlacedPolicy[], service: Service): Candidate[] {
  return policies.flatMap((placed) => {
    const { policy, slot, level, pointer } = placed
    if (policy === 'unread') return unreadCandidates(placed, service)
    return prepare(policy, service)
      .filter(({ mask }) => !isEmptyMask(mask))
      .map(({ index, effect, mask, entries }): Candidate => {
        return { slot, level, effect, pointer: `${pointer}.Statement[${index}]`, mask, entries, atoms: [] }
      })
  })
}
