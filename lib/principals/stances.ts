import type { AccountPrincipal } from '../access/account.ts'
import type { CasePrincipal } from '../access/case.ts'
import type { Policy } from '../access/policy.ts'
import type { SimulationResult } from '../aws/simulate.ts'

/**
 * All that a principal's own side can say to a request, as far as it matters for the resource's side: it allows; it is
 * silent; it is silent and its boundary caps what the resource's policy grants it; it denies, whoever else allows.
 */
export type Stance = 'allow' | 'silent' | 'capped' | 'deny'

const anyStance: readonly Stance[] = ['allow', 'silent', 'capped', 'deny']

/**
 * What the principal's own side may be, by what AWS's simulator says: one stance, or all of them where its policies read
 * context that nobody knows. That SCPs do not allow is told for all resources of a simulation in one.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function stancesOf(
  { decision, areScpsAllowing, isBoundaryAllowing }: SimulationResult,
  { isContextMissing, isAlone }: { isContextMissing: boolean; isAlone: boolean },
): readonly Stance[] {
  if (isContextMissing) return anyStance
  if (decision === 'allowed') return ['allow']
  if (decision === 'explicitDeny') return ['deny']
  const own: Stance = isBoundaryAllowing === false ? 'capped' : 'silent'
  if (areScpsAllowing === false) return isAlone ? ['deny'] : [own, 'deny']
  return [own]
}

const policyOf = (...effects: ('Allow' | 'Deny')[]): Policy => ({
  version: '2012-10-17',
  statements: effects.map((effect) => {
    const everything = { negated: false, patterns: ['*'] }
    return { effect, action: everything, resource: everything, conditions: [] }
  }),
})

// One object each, so that the engine reads it once.
const nothing = policyOf()
const policies: Record<Stance, Pick<CasePrincipal, 'identityPolicies' | 'boundary'>> = {
  allow: { identityPolicies: [policyOf('Allow')] },
  silent: { identityPolicies: [] },
  capped: { identityPolicies: [], boundary: nothing },
  deny: { identityPolicies: [policyOf('Deny')] },
}

/**
 * The principal with policies that say just this, in place of its own, which nobody here could read. SCPs that are known
 * stay: IAM's user guide says that the simulator leaves out those with conditions, its API reference that it does not.
 */
export function principalAs(principal: AccountPrincipal, stance: Stance): AccountPrincipal {
  const { identityPolicies: _, groups: __, boundary: ___, ...rest } = principal
  return { ...rest, ...policies[stance] }
}
