import { parseArn } from '../arn.ts'

/** Whose a role is: of an AWS service, made by IAM Identity Center for a permission set, or the account's own. */
export type RoleKind =
  | { readonly of: 'service'; readonly service: string }
  | { readonly of: 'permissionSet'; readonly permissionSet: string }
  | { readonly of: 'account' }

const SERVICE_LINKED = /^role\/aws-service-role\/([^/]+)\//
// The Region is left out of the path where the identity source is in us-east-1. IAM Identity Center User Guide,
// "Referencing permission sets in resource policies, Amazon EKS cluster config maps, and AWS KMS key policies".
const PERMISSION_SET = /^role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_(.+)_[0-9a-f]+$/

/**
 * Tells whose a role is by its path, which nobody but AWS can give to a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export function roleKindOf(arn: string): RoleKind {
  const { resource = '' } = parseArn(arn) ?? {}
  const [, service] = SERVICE_LINKED.exec(resource) ?? []
  if (service !== undefined) return { of: 'service', service }
  const [, permissionSet] = PERMISSION_SET.exec(resource) ?? []
  return permissionSet === undefined ? { of: 'account' } : { of: 'permissionSet', permissionSet }
}
