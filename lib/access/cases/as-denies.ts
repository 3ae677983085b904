import { ACCOUNT, allow, type Case, delegation, policy, type Statement } from './build.ts'
import type { Expectation, Outcome } from './outcome.ts'

const opposite = {
  allow: 'deny',
  deny: 'allow',
  loss: 'gain',
  gain: 'loss',
  'may-lose': 'may-gain',
  'may-gain': 'may-lose',
  depends: 'depends',
  unknown: 'unknown',
} as const
const oppositeOutcome = {
  allowed: 'denied',
  denied: 'allowed',
  loss: 'gain',
  gain: 'loss',
  unknown: 'unknown',
} as const satisfies Record<Outcome, Outcome>

/**
 * The case with its Allows turned into Denies under an Allow for everything: what matched still matches, so every
 * answer turns into its opposite. None where something else than Allows of identity policies decides.
 */
export function asDenies(row: Case): readonly Case[] {
  const { principal, resource, scps, rcps, unread, closed, open, awsBlocksUntag: _, ...rest } = row
  const { boundary, sessionPolicy, groups, identityPolicies } = principal
  const statements = identityPolicies.flatMap(({ Statement }) => Statement)
  const others = boundary ?? sessionPolicy ?? groups ?? scps ?? rcps ?? resource.grants ?? unread
  if (principal.arn.split(':')[4] !== ACCOUNT) return []
  if (others || !leavesItToIdentities(resource) || statements.length === 0 || !statements.every(allows)) return []
  const denying = identityPolicies.map((document) => ({
    ...document,
    Statement: document.Statement.map((each) => ({ ...each, Effect: 'Deny' })),
  }))
  return [
    {
      ...rest,
      resource,
      principal: { ...principal, identityPolicies: [policy(allow('*')), ...denying] },
      ...(closed && { closed: oppositeOutcome[closed] }),
      ...(open && { open: open === 'same' ? open : oppositeOf(open) }),
    },
  ]
}

const allows = ({ Effect }: Statement): boolean => Effect === 'Allow'

const leavesItToIdentities = ({ type, policy: own }: Case['resource']): boolean =>
  type === 'secret' ? own === null : own?.Statement.length === 1 && own.Statement[0] === delegation

const oppositeOf = (expected: Expectation): Expectation => ({
  ...expected,
  ...(expected.before && { before: opposite[expected.before] }),
  ...(expected.after && { after: opposite[expected.after] }),
  effect: expected.effect.map((effect) => opposite[effect]),
})
