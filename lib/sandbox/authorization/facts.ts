import type { Facts } from '../evaluation/facts.ts'
import type { Call, Subject } from '../operation.ts'
import { lineOf } from '../organizations/organization.ts'
import type { World } from '../world.ts'
import { documentOf } from './documents.ts'
import { principalFacts } from './principal-facts.ts'

/** A key or secret, with everything of its own that a decision may depend on. */
export type ResourceFacts = Facts['resource']

/** The facts of one request, gathered from the state of this moment. */
export function factsOf({ world, principal, action }: Call, resource: ResourceFacts, context: Facts['context']): Facts {
  const resourceAccountId = resource.arn.split(':')[4] || principal.accountId
  return {
    principal: principalFacts(world, principal),
    ...controlPolicies(world, 'scps', principal.accountId),
    ...controlPolicies(world, 'rcps', resourceAccountId),
    resource,
    action,
    context,
  }
}

/** The subject of an operation as authorization sees it. */
export function resourceFacts({ arn, facts }: Subject): ResourceFacts {
  return facts ?? { arn, type: 'other', tags: {} }
}

const policyTypes = { scps: 'SERVICE_CONTROL_POLICY', rcps: 'RESOURCE_CONTROL_POLICY' } as const

/**
 * The levels' policies for an account; none for the management account, which they do not bind.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function controlPolicies(
  { organization }: World,
  kind: 'scps' | 'rcps',
  accountId: string,
): Pick<Facts, 'scps' | 'rcps'> {
  if (!organization || organization.managementAccountId === accountId) return {}
  const levels = lineOf(organization, accountId).map(({ policies }) =>
    policies
      // RCPFullAWSAccess is implicit in the facts.
      .filter(({ type, isAwsManaged }) => type === policyTypes[kind] && !(kind === 'rcps' && isAwsManaged))
      .map(({ document }) => documentOf(document)),
  )
  return levels.length > 0 ? { [kind]: levels } : {}
}
