import type * as organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import { arnOf, findTarget, listOf, managed, organizationOf, summary } from './seen.ts'

const policyType = {
  type: 'string',
  required: true,
  values: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
} as const
const listMembers = {
  MaxResults: { type: 'integer', min: 1, max: 20 },
  NextToken: { type: 'string', max: 100_000 },
} as const
const target = { type: 'string', required: true, max: 250 } as const

/** Any account may ask. @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html */
const describeOrganization = operation<object>({
  quota: 'organizations:all',
  members: {},
  run(call) {
    const { id, managementAccountId } = organizationOf(call)
    return {
      Organization: {
        Id: id,
        Arn: arnOf(call, `organization/${id}`),
        FeatureSet: 'ALL',
        MasterAccountArn: arnOf(call, `account/${id}/${managementAccountId}`),
        MasterAccountId: managementAccountId,
        MasterAccountEmail: 'aws-root@example.com',
        AvailablePolicyTypes: [],
      },
    }
  },
})

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html */
const listPolicies = operation<organizations.ListPoliciesRequest>({
  quota: 'organizations:all',
  members: { Filter: policyType, ...listMembers },
  run(call, input) {
    const all = [...managed(call).targets.values()].flatMap(({ policies }) => policies)
    const unique = [...new Map(all.map((policy) => [policy.id, policy])).values()]
    const shown = unique.filter(({ type }) => type === input.Filter)
    return listOf(
      call,
      'Policies',
      shown.map((policy) => summary(call, policy)),
      input,
      input.Filter,
    )
  },
})

/** Those attached to the target itself, not the inherited. @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html */
const listPoliciesForTarget = operation<organizations.ListPoliciesForTargetRequest>({
  quota: 'organizations:all',
  members: { TargetId: target, Filter: policyType, ...listMembers },
  run(call, input) {
    const { policies } = findTarget(call, input.TargetId, 'TargetNotFoundException')
    const shown = policies.filter(({ type }) => type === input.Filter)
    const about = `${input.TargetId} ${input.Filter}`
    return listOf(
      call,
      'Policies',
      shown.map((policy) => summary(call, policy)),
      input,
      about,
    )
  },
})

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html */
const describePolicy = operation<organizations.DescribePolicyRequest>({
  quota: 'organizations:all',
  members: { PolicyId: { type: 'string', required: true, max: 130, pattern: 'p-[0-9a-zA-Z_]+' } },
  run(call, { PolicyId }) {
    const all = [...managed(call).targets.values()].flatMap(({ policies }) => policies)
    const policy = all.find(({ id }) => id === PolicyId)
    if (!policy) throw new AwsError('PolicyNotFoundException', `We can't find a policy with the PolicyId ${PolicyId}.`)
    return { Policy: { PolicySummary: summary(call, policy), Content: policy.document } }
  },
})

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html */
const listParents = operation<organizations.ListParentsRequest>({
  quota: 'organizations:all',
  members: { ChildId: target, ...listMembers },
  run(call, input) {
    const { parentId } = findTarget(call, input.ChildId, 'ChildNotFoundException')
    const parent = parentId && managed(call).targets.get(parentId)
    return listOf(call, 'Parents', parent ? [{ Id: parent.id, Type: parent.type }] : [], input, input.ChildId)
  },
})

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
const listAccounts = operation<organizations.ListAccountsRequest>({
  quota: 'organizations:all',
  members: listMembers,
  run(call, input) {
    const { id: organizationId, targets } = managed(call)
    const accounts = [...targets.values()].filter(({ type }) => type === 'ACCOUNT')
    const shown = accounts.map(({ id }) => ({
      Id: id,
      Arn: arnOf(call, `account/${organizationId}/${id}`),
      Name: `account-${id}`,
      Email: `aws-${id}@example.com`,
      Status: 'ACTIVE',
    }))
    return listOf(call, 'Accounts', shown, input)
  },
})

/** Organizations, as far as access analysis reads it. */
export const organizationOperations = {
  DescribeOrganization: describeOrganization,
  ListPolicies: listPolicies,
  ListPoliciesForTarget: listPoliciesForTarget,
  DescribePolicy: describePolicy,
  ListParents: listParents,
  ListAccounts: listAccounts,
}
