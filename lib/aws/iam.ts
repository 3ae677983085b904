import {
  type AttachedPermissionsBoundary,
  GetRoleCommand,
  GetUserCommand,
  type Group,
  ListGroupsForUserCommand,
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

// The maximum; nobody is in more than ten groups. IAM User Guide, "IAM and AWS STS quotas".
const GROUPS_PER_PAGE = 1000

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

/** A user as GetUser and GetAccountAuthorizationDetails show it. */
export function userOf({
  UserName = '',
  Arn = '',
  UserId = '',
  Tags,
  PermissionsBoundary,
}: User | UserDetail): IamUser {
  return { name: UserName, arn: Arn, id: UserId, tags: tagsOf(Tags), boundaryArn: boundaryOf(PermissionsBoundary) }
}

/** A role as GetRole and GetAccountAuthorizationDetails show it. */
export function roleOf({ RoleName = '', Arn = '', RoleId = '', Tags, ...role }: Role | RoleDetail): IamRole {
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

function boundaryOf(boundary: AttachedPermissionsBoundary | undefined): string | null {
  return boundary?.PermissionsBoundaryArn ?? null
}

function tagsOf(tags: ServiceTag[] = []): Tag[] {
  return sortTags(tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })))
}
