import type { Case } from './case.ts'
import type { Document, Layer } from './facts.ts'
import { identityPoliciesOf } from './identity-side.ts'
import { rcpsDeny, scpsDeny } from './organization.ts'
import { resourcePolicyDenies } from './resource-policy.ts'
import { matchingStatements } from './statement-matches.ts'

// In the order in which "How AWS enforcement code logic evaluates requests" goes through the policies.
const denies: readonly [Layer, (kase: Case) => boolean][] = [
  ['rcp', rcpsDeny],
  ['scp', scpsDeny],
  // The permission kms:RetireGrant "is not effective in a key policy": neither is its Deny.
  ['resourcePolicy', (kase) => kase.facts.action.toLowerCase() !== 'kms:retiregrant' && resourcePolicyDenies(kase)],
  ['identityPolicy', (kase) => anyDenies(identityPoliciesOf(kase), 'identityPolicy', kase)],
  ['permissionsBoundary', (kase) => anyDenies([kase.facts.principal.boundary], 'permissionsBoundary', kase)],
  ['sessionPolicy', (kase) => anyDenies(kase.facts.principal.sessionPolicies ?? [], 'sessionPolicy', kase)],
]

/**
 * The first layer with a Deny that applies: one is enough, wherever it stands.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function denyingLayer(kase: Case): Layer | undefined {
  return denies.find(([, applies]) => applies(kase))?.[0]
}

function anyDenies(documents: readonly (Document | undefined)[], layer: Layer, kase: Case): boolean {
  const present = documents.filter((document) => document !== undefined)
  return matchingStatements(present, 'Deny', layer, kase).length > 0
}
