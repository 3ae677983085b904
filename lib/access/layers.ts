import { type ActionMask, isEmptyMask, type Service } from './action-mask.ts'
import type { CasePrincipal } from './case.ts'
import type { Policy } from './policy.ts'
import { type Entry, prepare } from './prepare.ts'
import type { Identity } from './principal.ts'
import type { Atom, LiveStatement, Slot } from './situation.ts'

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
  readonly policy: Policy
  readonly slot: Slot
  readonly level: number
  readonly pointer: string
}

type PolicyLevels = readonly (readonly Policy[])[]

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

/** Policies of Organizations, which stand on levels: the root, its OUs, the account. */
export function placedLevels(levels: PolicyLevels, slot: 'scp' | 'rcp'): PlacedPolicy[] {
  return levels.flatMap((policies, level) => placed(policies, slot, `${slot}s[${level}]`, level))
}

function placed(policies: readonly Policy[], slot: Slot, pointer: string, level = 0): PlacedPolicy[] {
  return policies.map((policy, index) => ({ policy, slot, level, pointer: `${pointer}[${index}]` }))
}

/** The statements of policies that name no principal. */
export function principalSide(policies: readonly PlacedPolicy[], service: Service): Candidate[] {
  return policies.flatMap(({ policy, slot, level, pointer }) =>
    prepare(policy, service)
      .filter(({ mask }) => !isEmptyMask(mask))
      .map(({ index, effect, mask, entries }) => {
        return { slot, level, effect, pointer: `${pointer}.Statement[${index}]`, mask, entries, atoms: [] }
      }),
  )
}
