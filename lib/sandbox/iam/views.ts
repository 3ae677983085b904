import type * as iam from '@aws-sdk/client-iam'
import type { Account, Tags } from '../state.ts'
import { findPolicy } from './find-policy.ts'
import type { Group, ManagedPolicy, PolicyHolder, PolicyVersion, Role, User } from './identities.ts'

/** Policy documents are URL-encoded by RFC 3986 wherever IAM shows them. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function encoded(document: string): string {
  return encodeURIComponent(document)
}

/** A role as GetRole shows it; ListRoles leaves out its tags, boundary and last use. */
export function roleView(role: Role): iam.Role {
  return {
    ...listedRole(role),
    ...tagsView(role.tags),
    ...boundaryView(role),
    RoleLastUsed: lastUsedView(role),
  }
}

/** A role as ListRoles shows it. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export function listedRole(role: Role): iam.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encoded(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
  }
}

/** A user as GetUser shows it; ListUsers leaves out the tags and the boundary. */
export function userView(user: User): iam.User {
  return { ...listedUser(user), ...tagsView(user.tags), ...boundaryView(user) }
}

/** A user as ListUsers shows it. */
export function listedUser({ path, name, id, arn, createdAt }: User): iam.User {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: createdAt }
}

/** A group as ListGroups and ListGroupsForUser show it. */
export function groupView({ path, name, id, arn, createdAt }: Group): iam.Group {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: createdAt }
}

/** The attached managed policies, by name and ARN. */
export function attachedView(account: Account, { attachedPolicyArns }: PolicyHolder): iam.AttachedPolicy[] {
  return attachedPolicyArns.map((arn) => ({ PolicyName: findPolicy(account, arn)?.name ?? arn, PolicyArn: arn }))
}

/** A managed policy without its documents. */
export function policyView(account: Account, policy: ManagedPolicy): iam.Policy {
  const { name, id, arn, path, description, versions } = policy
  const holders = [...account.users.values(), ...account.roles.values()]
  const attaching = [...holders, ...account.groups.values()].filter((each) => each.attachedPolicyArns.includes(arn))
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    DefaultVersionId: versions.at(-1)?.id,
    AttachmentCount: attaching.length,
    PermissionsBoundaryUsageCount: holders.filter(({ boundaryArn }) => boundaryArn === arn).length,
    IsAttachable: true,
    ...(description && { Description: description }),
    CreateDate: versions[0]?.createdAt,
    UpdateDate: versions.at(-1)?.createdAt,
  }
}

/** One version of a managed policy. */
export function versionView(
  { versions }: ManagedPolicy,
  { id, document, createdAt }: PolicyVersion,
): iam.PolicyVersion {
  return {
    Document: encoded(document),
    VersionId: id,
    IsDefaultVersion: versions.at(-1)?.id === id,
    CreateDate: createdAt,
  }
}

/** The tags as IAM shows them; left out when there are none. */
export function tagsView(tags: Tags): { Tags?: iam.Tag[] } {
  return tags.size > 0 ? { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) } : {}
}

/** The permissions boundary, if one is set. */
export function boundaryView({ boundaryArn }: Role | User): { PermissionsBoundary?: iam.AttachedPermissionsBoundary } {
  return boundaryArn
    ? {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
          PermissionsBoundaryArn: boundaryArn,
        },
      }
    : {}
}

/** When and where the role was last used; empty when never. */
export function lastUsedView({ lastUsed }: Role): iam.RoleLastUsed {
  return lastUsed ? { LastUsedDate: lastUsed.at, Region: lastUsed.region } : {}
}
