import { AwsError } from '../errors.ts'
import type { Call } from '../operation.ts'
import type { Secret } from '../state.ts'

/** @throws AwsError InvalidRequestException, text recorded by localstack snapshots, 29 January 2026 */
export function refuseDeleted(secret: Secret): void {
  if (!secret.deletedAt) return
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

/**
 * A replica is written through its primary. Text: GH gruntwork-io/cloud-nuke#435 (delete); that tagging answers the
 * same is unconfirmed.
 * @throws AwsError InvalidParameterException
 */
export function refuseReplica(call: Call, secret: Secret): void {
  if (secret.region === call.region) return
  throw new AwsError(
    'InvalidParameterException',
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
  )
}

/**
 * Another AWS service manages the secret. The cause is documented (API reference, UntagResource), services differ in
 * how strict they are (GH cloud-custodian#11035), and the text is unconfirmed.
 * @throws AwsError InvalidRequestException
 */
export function refuseServiceOwned({ owningService }: Secret): void {
  if (!owningService) return
  throw new AwsError(
    'InvalidRequestException',
    `The secret is managed by ${owningService}, and you must use that service to update it.`,
  )
}
