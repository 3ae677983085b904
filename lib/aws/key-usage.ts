import { GetKeyLastUsageCommand } from '@aws-sdk/client-kms'
import { type Arn, regionOf } from '../arn.ts'
import type { Aws } from './clients.ts'
import { translated } from './translate-error.ts'

/** The last successful cryptographic operation with a key, by anybody. */
export interface KeyLastUse {
  /** As IAM spells the action where it has the operation's name: `kms:Decrypt`, but also `kms:ReEncrypt`. */
  readonly action: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What KMS knows of a key's use. Each key of a multi-Region set has its own. */
export interface KeyUsage {
  readonly last: KeyLastUse | null
  /** ISO 8601, UTC: nothing is known of before. Null when AWS did not tell. */
  readonly trackedSince: string | null
  /** Not used since it was created. False without `last` means: not since tracking began, and before nobody knows. */
  readonly isUnused: boolean
}

/**
 * When a key was last used for cryptography. AWS warns not to take it as the only sign that nobody needs a key.
 * @throws ExpectedError `notFound`, `denied`, `throttled`, `serviceError`, `unreachable`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html
 */
export async function readKeyUsage(aws: Aws, arn: Arn): Promise<KeyUsage> {
  return translated({ operation: 'kms:GetKeyLastUsage', resource: arn }, async () => {
    const answer = await aws.kms(regionOf(arn)).send(new GetKeyLastUsageCommand({ KeyId: arn }))
    const { Operation, Timestamp } = answer.KeyLastUsage ?? {}
    const { TrackingStartDate: trackedSince, KeyCreationDate: createdAt } = answer
    const last = Operation && Timestamp ? { action: `kms:${Operation}`, at: Timestamp.toISOString() } : null
    return {
      last,
      trackedSince: trackedSince?.toISOString() ?? null,
      isUnused: last === null && createdAt !== undefined && trackedSince !== undefined && createdAt >= trackedSince,
    }
  })
}
