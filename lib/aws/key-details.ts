import { GetKeyPolicyCommand, GetKeyRotationStatusCommand, ListGrantsCommand } from '@aws-sdk/client-kms'
import { type Arn, regionOf } from '../arn.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

// The maximum. KMS API Reference, "ListGrants".
const GRANTS_PER_PAGE = 100

/**
 * The key policy, as JSON text.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
export async function readKeyPolicy(aws: Aws, arn: Arn): Promise<string | null> {
  return translated({ operation: 'kms:GetKeyPolicy', resource: arn }, async () => {
    const { Policy } = await aws.kms(regionOf(arn)).send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: 'default' }))
    return Policy ?? null
  })
}

export interface KeyGrants {
  /** The first 100; `more` when there are others. */
  grants: { grantId: string; granteePrincipal: string; operations: string[] }[]
  more: boolean
}

/**
 * The first page of a key's grants. Access by grant does not hang on tags, except where a policy denies by tag.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html
 */
export async function readKeyGrants(aws: Aws, arn: Arn): Promise<KeyGrants> {
  return translated({ operation: 'kms:ListGrants', resource: arn }, async () => {
    const command = new ListGrantsCommand({ KeyId: arn, Limit: GRANTS_PER_PAGE })
    const { Grants = [], Truncated = false } = await aws.kms(regionOf(arn)).send(command)
    const grants = Grants.map(({ GrantId = '', GranteePrincipal = '', Operations = [] }) => ({
      grantId: GrantId,
      granteePrincipal: GranteePrincipal,
      operations: [...Operations],
    }))
    return { grants, more: Truncated }
  })
}

export interface KeyRotation {
  isEnabled: boolean
  periodDays: number | null
  nextAt: string | null
}

/**
 * Whether KMS rotates the key material by itself.
 * @throws ExpectedError `refusedByService` for keys that cannot rotate
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
 */
export async function readKeyRotation(aws: Aws, arn: Arn): Promise<KeyRotation> {
  return translated({ operation: 'kms:GetKeyRotationStatus', resource: arn }, async () => {
    const status = await aws.kms(regionOf(arn)).send(new GetKeyRotationStatusCommand({ KeyId: arn }))
    return {
      isEnabled: status.KeyRotationEnabled ?? false,
      periodDays: status.RotationPeriodInDays ?? null,
      nextAt: status.NextRotationDate?.toISOString() ?? null,
    }
  })
}
