import { ListRegionsCommand } from '@aws-sdk/client-account'
import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

/**
 * Resolves where the caller may ask which Regions are enabled.
 * @throws ExpectedError `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
export async function probeRegions(aws: Aws): Promise<void> {
  await translated({ operation: 'account:ListRegions' }, () =>
    aws.account().send(new ListRegionsCommand({ MaxResults: 1 })),
  )
}

/**
 * Resolves where the caller may read everybody's policies; asks for one item only.
 * @throws ExpectedError as {@link probeRegions}
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function probeAuthorizationDetails(aws: Aws): Promise<void> {
  await translated({ operation: 'iam:GetAccountAuthorizationDetails' }, () =>
    aws.iam().send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1 })),
  )
}
