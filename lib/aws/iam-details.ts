import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  type GroupDetail,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam'
import type { Aws } from './clients.ts'
import { type IamRole, type IamUser, roleOf, userOf } from './iam.ts'
import { decodeDocument } from './iam-document.ts'
import { translated } from './translate-error.ts'

// Half of the maximum, so that a page comes well within the time that a request may take.
const DETAILS_PER_PAGE = 500

/** A policy under a name of its own, with its document as JSON text. */
export interface NamedPolicy {
  name: string
  text: string
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

function heldPolicies(inline: PolicyDetail[] = [], attached: AttachedPolicy[] = []): HeldPolicies {
  return {
    inline: inline.map(({ PolicyName = '', PolicyDocument = '' }) => {
      return { name: PolicyName, text: decodeDocument(PolicyDocument) }
    }),
    attachedArns: attached.flatMap(({ PolicyArn }) => PolicyArn ?? []),
  }
}
