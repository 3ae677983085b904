import {
  type AttachedPermissionsBoundary,
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  GetUserCommand,
  type Group,
  type GroupDetail,
  ListGroupsForUserCommand,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type Role,
  type RoleDetail,
  type Tag as ServiceTag,
  type User,
  type UserDetail,
} from '@aws-sdk/client-iam'
import { sortTags, type Tag } from '../tag.ts'
import type { Aws } from './clients.ts'
import { decodeDocument } from './iam-document.ts'
import { translated } from './translate-error.ts'

// Half of the maximum, so that a page comes well within the time that a request may take.
const DETAILS_PER_PAGE = 500
// The maximum; nobody is in more than ten groups. IAM User Guide, "IAM and AWS STS quotas".
const GROUPS_PER_PAGE = 1000

/** A policy under a name of its own, with its document as JSON text. */
export interface NamedPolicy {
  name: string
  text: string
}

/** Who a user is, without policies. */
export interface IamUser {
  name: string
  arn: string
  /** `AIDA…` */
  id: string
  tags: Tag[]
  boundaryArn: string | null
}

/** Who a role is, without policies. */
export interface IamRole extends Omit<IamUser, 'id'> {
  /** `AROA…` */
  id: string
  /** JSON text. */
  trustPolicy: string
  /** Of the last 400 days; null: not used in them. */
  lastUsedAt: string | null
}

/** Policies of one user, role or group: its own, and the ARNs of managed ones. */
export interface HeldPolicies {
  inline: NamedPolicy[]
  attachedArns: string[]
}

/** One page of the account's users, roles, groups and managed policies, those of AWS that are in use included. */
export interface DetailsPage {
  users: (IamUser & HeldPolicies & { groupNames: string[] })[]
  roles: (IamRole & HeldPolicies)[]
  groups: (HeldPolicies & { name: string })[]
  /** The default version of each. */
  managed: (NamedPolicy & { arn: string })[]
  /** Where the next page starts; undefined on the last. */
  next: string | undefined
}

/**
 * A page of everybody and everything in the account's IAM; the first one without `marker`.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readDetailsPage(aws: Aws, marker: string | undefined): Promise<DetailsPage> {
  return translated({ operation: 'iam:GetAccountAuthorizationDetails' }, async () => {
    const command = new GetAccountAuthorizationDetailsCommand({ MaxItems: DETAILS_PER_PAGE, Marker: marker })
    const answer = await aws.iam().send(command)
    return {
      users: (answer.UserDetailList ?? []).map(userDetail),
      roles: (answer.RoleDetailList ?? []).map(roleDetail),
      groups: (answer.GroupDetailList ?? []).map(groupDetail),
      managed: (answer.Policies ?? []).flatMap(managedDetail),
      next: answer.IsTruncated ? answer.Marker : undefined,
    }
  })
}

/**
 * A role by its name, which is unique in the account whatever the path: this is how a session's role is found, whose
 * ARN carries no path.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export async function readRole(aws: Aws, name: string): Promise<IamRole> {
  return translated({ operation: 'iam:GetRole', resource: name }, async () => {
    const { Role } = await aws.iam().send(new GetRoleCommand({ RoleName: name }))
    return roleOf(Role ?? {})
  })
}

/**
 * A user by name.
 * @throws ExpectedError as {@link readRole}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 */
export async function readUser(aws: Aws, name: string): Promise<IamUser> {
  return translated({ operation: 'iam:GetUser', resource: name }, async () => {
    const { User } = await aws.iam().send(new GetUserCommand({ UserName: name }))
    return userOf(User ?? {})
  })
}

/**
 * The names of the groups that a user is in.
 * @throws ExpectedError as {@link readRole}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html
 */
export async function readGroupNames(aws: Aws, userName: string): Promise<string[]> {
  return translated({ operation: 'iam:ListGroupsForUser', resource: userName }, async () => {
    const command = new ListGroupsForUserCommand({ UserName: userName, MaxItems: GROUPS_PER_PAGE })
    const { Groups = [] } = await aws.iam().send(command)
    return Groups.flatMap(({ GroupName }: Group) => GroupName ?? [])
  })
}

function userDetail(detail: UserDetail): DetailsPage['users'][number] {
  const held = heldPolicies(detail.UserPolicyList, detail.AttachedManagedPolicies)
  return { ...userOf(detail), ...held, groupNames: detail.GroupList ?? [] }
}

function roleDetail(detail: RoleDetail): DetailsPage['roles'][number] {
  return { ...roleOf(detail), ...heldPolicies(detail.RolePolicyList, detail.AttachedManagedPolicies) }
}

function groupDetail(detail: GroupDetail): DetailsPage['groups'][number] {
  const held = heldPolicies(detail.GroupPolicyList, detail.AttachedManagedPolicies)
  return { name: detail.GroupName ?? '', ...held }
}

function managedDetail({ Arn, PolicyName, PolicyVersionList = [] }: ManagedPolicyDetail): DetailsPage['managed'] {
  const text = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document
  return Arn && text ? [{ arn: Arn, name: PolicyName ?? Arn, text: decodeDocument(text) }] : []
}

function userOf({ UserName = '', Arn = '', UserId = '', Tags, PermissionsBoundary }: User | UserDetail): IamUser {
  return { name: UserName, arn: Arn, id: UserId, tags: tagsOf(Tags), boundaryArn: boundaryOf(PermissionsBoundary) }
}

function roleOf({ RoleName = '', Arn = '', RoleId = '', Tags, ...role }: Role | RoleDetail): IamRole {
  return {
    name: RoleName,
    arn: Arn,
    id: RoleId,
    tags: tagsOf(Tags),
    boundaryArn: boundaryOf(role.PermissionsBoundary),
    trustPolicy: decodeDocument(role.AssumeRolePolicyDocument ?? ''),
    lastUsedAt: role.RoleLastUsed?.LastUsedDate?.toISOString() ?? null,
  }
}

function heldPolicies(inline: PolicyDetail[] = [], attached: AttachedPolicy[] = []): HeldPolicies {
  return {
    inline: inline.map(({ PolicyName = '', PolicyDocument = '' }) => {
      return { name: PolicyName, text: decodeDocument(PolicyDocument) }
    }),
    attachedArns: attached.flatMap(({ PolicyArn }) => PolicyArn ?? []),
  }
}

function boundaryOf(boundary: AttachedPermissionsBoundary | undefined): string | null {
  return boundary?.PermissionsBoundaryArn ?? null
}

function tagsOf(tags: ServiceTag[] = []): Tag[] {
  return sortTags(tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })))
}
