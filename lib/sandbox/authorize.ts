import type { Principal } from './principals.ts'
import type { Denial } from './settings.ts'

/** All that a decision about one request may depend on. */
export interface AuthorizationRequest {
  readonly principal: Principal
  /** The IAM action, `kms:UntagResource`. */
  readonly action: string
  /** An ARN, or `*` for actions without a resource. */
  readonly resourceArn: string
  /** The key is AWS managed: its fixed policy counts. */
  readonly isAwsManagedKey: boolean
  /** aws:ResourceTag. */
  readonly resourceTags: ReadonlyMap<string, string>
  /** aws:TagKeys: the keys that the request sets or removes. */
  readonly tagKeys: readonly string[]
  readonly denials: readonly Denial[]
}

/** The layer that decided. AWS names only one of them in its text. */
export type DenyingLayer = keyof typeof tails

// The text's tails. Source: IAM User Guide, "Troubleshoot access denied error messages".
const tails = {
  identityPolicy: (action: string) => `because no identity-based policy allows the ${action} action`,
  resourcePolicy: (action: string) => `because no resource-based policy allows the ${action} action`,
  explicitIdentityDeny: () => 'with an explicit deny in an identity-based policy',
  explicitResourceDeny: () => 'with an explicit deny in a resource-based policy',
  serviceControlPolicy: () => 'with an explicit deny in a service control policy',
} as const

// An AWS managed key's policy lets the account look at it and nobody change it; ListResourceTags is not in it
// (GH prowler-cloud/prowler#2467, rebuy-de/aws-nuke#550).
const allowedOnAwsManagedKeys: readonly string[] = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
]

/** The one step that decides whether a request may go on: undefined is yes, a text is AWS's "not authorized". */
export function authorize(request: AuthorizationRequest): string | undefined {
  // GetCallerIdentity needs no permission and works even under an explicit deny (STS API reference).
  if (request.action === 'sts:GetCallerIdentity') return undefined
  if (isForeign(request)) return deniedText(request, 'resourcePolicy')
  if (request.isAwsManagedKey && !allowedOnAwsManagedKeys.includes(request.action)) {
    return deniedText(request, 'resourcePolicy')
  }
  const denial = request.denials.find((candidate) => denies(candidate, request))
  return denial && deniedText(request, denial.layer)
}

/** AWS's sentence for a refused request. */
export function deniedText(
  { principal, action, resourceArn }: Pick<AuthorizationRequest, 'principal' | 'action' | 'resourceArn'>,
  layer: DenyingLayer,
): string {
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resourceArn} ${tails[layer](action)}`
}

function isForeign({ resourceArn, principal }: AuthorizationRequest): boolean {
  return resourceArn !== '*' && resourceArn.split(':')[4] !== principal.accountId
}

function denies(denial: Denial, request: AuthorizationRequest): boolean {
  const { tagKeys } = denial
  return (
    denial.action === request.action &&
    (denial.resource === undefined || denial.resource === request.resourceArn) &&
    (tagKeys === undefined || request.tagKeys.some((tagKey) => tagKeys.includes(tagKey)))
  )
}
