import {
  type AttachedPolicy,
  type IAMClient,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam'
import type { CaseFile, PolicyFile } from '../case-file.ts'
import { allPages } from './all-pages.ts'

type Principal = CaseFile['principal']
/** What an account says of its roles and users, by ARN. */
export type Identities = ReadonlyMap<string, Principal>

interface Holder {
  readonly AttachedManagedPolicies?: AttachedPolicy[] | undefined
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined
  readonly Tags?: { readonly Key: string | undefined; readonly Value: string | undefined }[] | undefined
}

/** All roles and users of the account with the policies that speak about them, from one read of the account. */
export async function readIdentities(client: IAMClient): Promise<Identities> {
  const pages = await allPages(paginateGetAccountAuthorizationDetails({ client, pageSize: 100 }, {}))
  const managed = new Map(
    pages
      .flatMap(({ Policies = [] }) => Policies)
      .map(({ Arn, PolicyVersionList = [] }) => {
        return [Arn, documentOf(PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document)]
      }),
  )
  const find = (arn: string | undefined) => {
    const document = managed.get(arn)
    if (!document) throw new Error(`the account did not show the policy ${arn}`)
    return document
  }
  const policiesOf = (inline: PolicyDetail[] = [], attached: AttachedPolicy[] = []) => [
    ...inline.map(({ PolicyDocument }) => documentOf(PolicyDocument)),
    ...attached.map(({ PolicyArn }) => find(PolicyArn)),
  ]
  const groups = new Map(
    pages
      .flatMap(({ GroupDetailList = [] }) => GroupDetailList)
      .map((group) => [
        group.GroupName,
        { name: group.GroupName ?? '', policies: policiesOf(group.GroupPolicyList, group.AttachedManagedPolicies) },
      ]),
  )
  const principalOf = (arn: string | undefined, holder: Holder, inline: PolicyDetail[] | undefined): Principal => {
    const { AttachedManagedPolicies, PermissionsBoundary, Tags = [] } = holder
    return {
      arn: arn ?? '',
      tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      identityPolicies: policiesOf(inline, AttachedManagedPolicies),
      ...(PermissionsBoundary && { boundary: find(PermissionsBoundary.PermissionsBoundaryArn) }),
    }
  }
  const roles = pages
    .flatMap(({ RoleDetailList = [] }) => RoleDetailList)
    .map((role) => principalOf(role.Arn, role, role.RolePolicyList))
  const users = pages
    .flatMap(({ UserDetailList = [] }) => UserDetailList)
    .map((user) => ({
      ...principalOf(user.Arn, user, user.UserPolicyList),
      groups: (user.GroupList ?? []).flatMap((name) => groups.get(name) ?? []),
    }))
  return new Map([...roles, ...users].map((principal) => [principal.arn, principal]))
}

/** IAM shows documents URL-encoded by RFC 3986. */
function documentOf(encoded = ''): PolicyFile {
  return JSON.parse(decodeURIComponent(encoded))
}
