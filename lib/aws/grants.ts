import { type GrantListEntry, ListGrantsCommand } from '@aws-sdk/client-kms'
import { type Arn, regionOf } from '../arn.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

// The maximum. KMS API Reference, "ListGrants".
const GRANTS_PER_PAGE = 100

/** A grant in full, a service as principal under its own name (`dynamodb.amazonaws.com`). */
export interface Grant {
  grantId: string
  granteePrincipal: string
  retiringPrincipal: string | null
  operations: string[]
  encryptionContextEquals: Record<string, string> | null
  encryptionContextSubset: Record<string, string> | null
  sourceArn: string | null
}

/**
 * A page of a key's grants; the first one without `marker`. The quota is small (100 a second for all callers of the
 * account), so ask for few keys.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html
 */
export async function readGrantsPage(
  aws: Aws,
  arn: Arn,
  marker: string | undefined,
): Promise<{ grants: Grant[]; next: string | undefined }> {
  return translated({ operation: 'kms:ListGrants', resource: arn }, async () => {
    const command = new ListGrantsCommand({ KeyId: arn, Limit: GRANTS_PER_PAGE, Marker: marker })
    const { Grants = [], Truncated, NextMarker } = await aws.kms(regionOf(arn)).send(command)
    return { grants: Grants.map(toGrant), next: Truncated ? NextMarker : undefined }
  })
}

function toGrant({ Constraints = {}, ...grant }: GrantListEntry): Grant {
  return {
    grantId: grant.GrantId ?? '',
    granteePrincipal: grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? '',
    retiringPrincipal: grant.RetiringPrincipal ?? grant.RetiringServicePrincipal ?? null,
    operations: [...(grant.Operations ?? [])],
    encryptionContextEquals: Constraints.EncryptionContextEquals ?? null,
    encryptionContextSubset: Constraints.EncryptionContextSubset ?? null,
    sourceArn: Constraints.SourceArn ?? null,
  }
}
