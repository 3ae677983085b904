import type * as iam from '@aws-sdk/client-iam'
import { operation } from '../operation.ts'
import type { Account } from '../state.ts'
import { awsManagedPolicies } from './aws-managed-policies.ts'
import type { Group, ManagedPolicy, PolicyHolder, Role, User } from './identities.ts'
import { type Listed, listMembers, pageOf } from './listing.ts'
import {
  attachedView,
  boundaryView,
  encoded,
  groupView,
  lastUsedView,
  listedUser,
  policyView,
  tagsView,
  versionView,
} from './views.ts'

/** What each filter shows, and under which member. */
const details: Record<iam.EntityType, (account: Account) => Listed> = {
  User: (account) => [...account.users.values()].map((user) => ['UserDetailList', () => userDetail(account, user)]),
  Group: (account) =>
    [...account.groups.values()].map((group) => ['GroupDetailList', () => groupDetail(account, group)]),
  Role: (account) => [...account.roles.values()].map((role) => ['RoleDetailList', () => roleDetail(account, role)]),
  LocalManagedPolicy: (account) =>
    [...account.policies.values()].map((policy) => ['Policies', () => policyDetail(account, policy)]),
  // Those in use; whether AWS also lists the others here is unconfirmed.
  AWSManagedPolicy: (account) =>
    [...awsManagedPolicies.values()]
      .map((policy) => policyDetail(account, policy))
      .filter(
        ({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }) =>
          AttachmentCount + PermissionsBoundaryUsageCount > 0,
      )
      .map((policy) => ['Policies', () => policy]),
}
const filters = Object.keys(details) as iam.EntityType[]

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const getAccountAuthorizationDetails = operation<iam.GetAccountAuthorizationDetailsRequest>({
  quota: 'iam:all',
  members: { Filter: { type: 'list', member: { type: 'string', values: filters } }, ...listMembers },
  run(call, input) {
    const wanted = filters.filter((filter) => !input.Filter?.length || input.Filter.includes(filter))
    const listed = wanted.flatMap((filter) => details[filter](call.account))
    const members = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']
    return pageOf(call, members, listed, input, wanted.join())
  },
})

function userDetail(account: Account, user: User): iam.UserDetail {
  return {
    ...listedUser(user),
    ...(user.inlinePolicies.size > 0 && { UserPolicyList: inlineView(user) }),
    GroupList: [...user.groupNames],
    AttachedManagedPolicies: attachedView(account, user),
    ...boundaryView(user),
    ...tagsView(user.tags),
  }
}

function groupDetail(account: Account, group: Group): iam.GroupDetail {
  return {
    ...groupView(group),
    GroupPolicyList: inlineView(group),
    AttachedManagedPolicies: attachedView(account, group),
  }
}

function roleDetail(account: Account, role: Role): iam.RoleDetail {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encoded(role.trustPolicy),
    InstanceProfileList: [],
    RolePolicyList: inlineView(role),
    AttachedManagedPolicies: attachedView(account, role),
    ...boundaryView(role),
    ...tagsView(role.tags),
    RoleLastUsed: lastUsedView(role),
  }
}

function policyDetail(account: Account, policy: ManagedPolicy): iam.ManagedPolicyDetail {
  return {
    ...policyView(account, policy),
    PolicyVersionList: policy.versions.map((version) => versionView(policy, version)),
  }
}

function inlineView({ inlinePolicies }: PolicyHolder): iam.PolicyDetail[] {
  return [...inlinePolicies].map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: encoded(document) }))
}
