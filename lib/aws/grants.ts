import { type GrantListEntry, paginateListGrants } from '@aws-sdk/client-kms'
import { type Arn, regionOf } from '../arn.ts'
import type { Aws } from './clients.ts'
import { translatedPages } from './translated-pages.ts'

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
 * All grants of a key. The quota is small (100 a second for all callers of the account), so ask for few keys.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html
 */
export async function* listGrants(aws: Aws, arn: Arn): AsyncGenerator<Grant[]> {
  const pages = paginateListGrants({ client: aws.kms(regionOf(arn)), pageSize: GRANTS_PER_PAGE }, { KeyId: arn })
  for await (const { Grants = [] } of translatedPages({ operation: 'kms:ListGrants', resource: arn }, pages)) {
    yield Grants.map(toGrant)
  }
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
