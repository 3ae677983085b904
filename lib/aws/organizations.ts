import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  paginateListParents,
  paginateListPoliciesForTarget,
} from '@aws-sdk/client-organizations'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'
import { translatedPages } from './translated-pages.ts'

/** The two types of policy that limit what members of an organization may do. */
export type ControlPolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'

export interface Organization {
  id: string
  managementAccountId: string
  /** With consolidated billing alone there are no control policies. */
  hasAllFeatures: boolean
}

/**
 * The organization of the caller's account, which any account may ask; null when it is in none.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 */
export async function describeOrganization(aws: Aws): Promise<Organization | null> {
  return translated({ operation: 'organizations:DescribeOrganization' }, async () => {
    try {
      const { Organization } = await aws.organizations().send(new DescribeOrganizationCommand({}))
      return {
        id: Organization?.Id ?? '',
        managementAccountId: Organization?.MasterAccountId ?? '',
        hasAllFeatures: Organization?.FeatureSet !== 'CONSOLIDATED_BILLING',
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') return null
      throw error
    }
  })
}

/**
 * The OU or root above an account or OU; undefined above the root. Only the management account and delegated
 * administrators may ask; likewise for the calls below.
 * @throws ExpectedError `denied`, `notFound`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
export async function parentOf(aws: Aws, childId: string): Promise<string | undefined> {
  const pages = paginateListParents({ client: aws.organizations() }, { ChildId: childId })
  for await (const { Parents = [] } of translatedPages(
    { operation: 'organizations:ListParents', resource: childId },
    pages,
  )) {
    if (Parents[0]?.Id) return Parents[0].Id
  }
  return undefined
}

/**
 * The ids and names of the policies that are attached to a root, an OU or an account itself, without inherited ones.
 * @throws ExpectedError as {@link parentOf}
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html
 */
export async function listControlPolicies(
  aws: Aws,
  targetId: string,
  type: ControlPolicyType,
): Promise<{ id: string; name: string }[]> {
  const at = { operation: 'organizations:ListPoliciesForTarget', resource: targetId }
  const pages = paginateListPoliciesForTarget({ client: aws.organizations() }, { TargetId: targetId, Filter: type })
  const policies: { id: string; name: string }[] = []
  for await (const { Policies = [] } of translatedPages(at, pages)) {
    for (const { Id, Name } of Policies) if (Id) policies.push({ id: Id, name: Name ?? Id })
  }
  return policies
}

/**
 * The content of a policy of the organization, as JSON text.
 * @throws ExpectedError as {@link parentOf}
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
 */
export async function readControlPolicy(aws: Aws, policyId: string): Promise<string> {
  return translated({ operation: 'organizations:DescribePolicy', resource: policyId }, async () => {
    const { Policy } = await aws.organizations().send(new DescribePolicyCommand({ PolicyId: policyId }))
    return Policy?.Content ?? ''
  })
}
