import {
  type AttachedPolicy,
  type GroupDetail,
  type IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam'
import type { CaseFile, PolicyFile } from '../case-file.ts'
import { allPages } from './all-pages.ts'

/** A user, or a role or session of it, as a case says it; `userId`: the unique id. */
export type ReadPrincipal = CaseFile['principal'] & { readonly userId?: string; readonly roleArn?: string }
/** Roles and users by ARN. */
export type Identities = ReadonlyMap<string, ReadPrincipal>

/** All roles and users of the account with the policies that speak about them, from one read of the account. */
export async function readIdentities(client: IAMClient): Promise<Identities> {
  const pages = await allPages(paginateGetAccountAuthorizationDetails({ client }, {}))
  const managed = pages.flatMap(({ Policies = [] }) => Policies)
  const groups = pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList)
  const roles = pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList).map((role) => roleOf(role, managed))
  const users = pages.flatMap(({ UserDetailList = [] }) => UserDetailList).map((user) => userOf(user, groups, managed))
  return new Map([...roles, ...users].map((principal) => [principal.arn, principal]))
}

function roleOf(role: RoleDetail, managed: ManagedPolicyDetail[]): ReadPrincipal {
  const { Arn = '', RoleId = '', RolePolicyList, AttachedManagedPolicies } = role
  const identityPolicies = policiesOf(RolePolicyList, AttachedManagedPolicies, managed)
  return { arn: Arn, userId: RoleId, identityPolicies, ...tagsAndBoundary(role, managed) }
}

function userOf(user: UserDetail, groups: GroupDetail[], managed: ManagedPolicyDetail[]): ReadPrincipal {
  const { Arn = '', UserId = '', UserPolicyList, AttachedManagedPolicies, GroupList = [] } = user
  const own = groups.filter(({ GroupName = '' }) => GroupList.includes(GroupName))
  return {
    arn: Arn,
    userId: UserId,
    identityPolicies: policiesOf(UserPolicyList, AttachedManagedPolicies, managed),
    groups: own.map((group) => ({
      name: group.GroupName ?? '',
      policies: policiesOf(group.GroupPolicyList, group.AttachedManagedPolicies, managed),
    })),
    ...tagsAndBoundary(user, managed),
  }
}

function tagsAndBoundary({ Tags = [], PermissionsBoundary }: RoleDetail | UserDetail, managed: ManagedPolicyDetail[]) {
  return {
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(PermissionsBoundary && { boundary: managedPolicy(PermissionsBoundary.PermissionsBoundaryArn, managed) }),
  }
}

function policiesOf(inline: PolicyDetail[] = [], attached: AttachedPolicy[] = [], managed: ManagedPolicyDetail[]) {
  return [
    ...inline.map(({ PolicyDocument }) => documentOf(PolicyDocument)),
    ...attached.map(({ PolicyArn }) => managedPolicy(PolicyArn, managed)),
  ]
}

function managedPolicy(arn: string | undefined, managed: ManagedPolicyDetail[]): PolicyFile {
  const { PolicyVersionList = [] } = managed.find(({ Arn }) => Arn === arn) ?? {}
  return documentOf(PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document)
}

/** IAM shows documents URL-encoded by RFC 3986. @throws SyntaxError for a policy that the account did not show */
function documentOf(encoded = ''): PolicyFile {
  return JSON.parse(decodeURIComponent(encoded))
}
