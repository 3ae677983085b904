import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListRolePolicies,
  paginateListUserPolicies,
} from '@aws-sdk/client-iam'
import type { Aws } from './clients.ts'
import type { NamedPolicy } from './iam-details.ts'
import { decodeDocument } from './iam-document.ts'
import { translated } from './translate-error.ts'
import { translatedPages } from './translated-pages.ts'

/** Whom IAM attaches policies to. */
export type HolderKind = 'role' | 'user' | 'group'

interface HolderCalls {
  /** The kind as it stands in the names of the operations. */
  word: 'Role' | 'User' | 'Group'
  names(client: IAMClient, name: string): AsyncIterable<{ PolicyNames?: string[] | undefined }>
  document(client: IAMClient, name: string, policyName: string): Promise<{ PolicyDocument?: string | undefined }>
  attached(
    client: IAMClient,
    name: string,
  ): AsyncIterable<{ AttachedPolicies?: { PolicyArn?: string | undefined }[] | undefined }>
}

// The same three operations for each kind; only the name of the name differs.
const calls: Record<HolderKind, HolderCalls> = {
  role: {
    word: 'Role',
    names: (client, RoleName) => paginateListRolePolicies({ client }, { RoleName }),
    document: (client, RoleName, PolicyName) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    attached: (client, RoleName) => paginateListAttachedRolePolicies({ client }, { RoleName }),
  },
  user: {
    word: 'User',
    names: (client, UserName) => paginateListUserPolicies({ client }, { UserName }),
    document: (client, UserName, PolicyName) => client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
    attached: (client, UserName) => paginateListAttachedUserPolicies({ client }, { UserName }),
  },
  group: {
    word: 'Group',
    names: (client, GroupName) => paginateListGroupPolicies({ client }, { GroupName }),
    document: (client, GroupName, PolicyName) => client.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
    attached: (client, GroupName) => paginateListAttachedGroupPolicies({ client }, { GroupName }),
  },
}

/**
 * The names of the inline policies of a role, user or group.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
 */
export async function listInlinePolicies(aws: Aws, kind: HolderKind, name: string): Promise<string[]> {
  const at = { operation: `iam:List${calls[kind].word}Policies`, resource: name }
  const policyNames: string[] = []
  for await (const { PolicyNames = [] } of translatedPages(at, calls[kind].names(aws.iam(), name))) {
    policyNames.push(...PolicyNames)
  }
  return policyNames
}

/**
 * One inline policy, as JSON text.
 * @throws ExpectedError as {@link listInlinePolicies}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 */
export async function readInlinePolicy(aws: Aws, kind: HolderKind, name: string, policyName: string): Promise<string> {
  return translated({ operation: `iam:Get${calls[kind].word}Policy`, resource: name }, async () => {
    const { PolicyDocument = '' } = await calls[kind].document(aws.iam(), name, policyName)
    return decodeDocument(PolicyDocument)
  })
}

/**
 * The ARNs of the managed policies that are attached to a role, user or group.
 * @throws ExpectedError as {@link listInlinePolicies}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 */
export async function listAttachedPolicies(aws: Aws, kind: HolderKind, name: string): Promise<string[]> {
  const at = { operation: `iam:ListAttached${calls[kind].word}Policies`, resource: name }
  const arns: string[] = []
  for await (const { AttachedPolicies = [] } of translatedPages(at, calls[kind].attached(aws.iam(), name))) {
    arns.push(...AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []))
  }
  return arns
}

/**
 * The default version of a managed policy, the account's own or one of AWS; two calls.
 * @throws ExpectedError as {@link listInlinePolicies}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
 */
export async function readManagedPolicy(aws: Aws, arn: string): Promise<NamedPolicy> {
  const { Policy } = await translated({ operation: 'iam:GetPolicy', resource: arn }, () =>
    aws.iam().send(new GetPolicyCommand({ PolicyArn: arn })),
  )
  return translated({ operation: 'iam:GetPolicyVersion', resource: arn }, async () => {
    const command = new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId })
    const { PolicyVersion } = await aws.iam().send(command)
    return { name: Policy?.PolicyName ?? arn, text: decodeDocument(PolicyVersion?.Document ?? '') }
  })
}
