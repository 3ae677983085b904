import type { GetKeyLastUsageRequest } from '@aws-sdk/client-kms'
import { operation } from '../operation.ts'
import type { Key } from '../state.ts'
import { findKey } from './find-key.ts'
import { keyId } from './listing.ts'

// KMS began to track uses in 2026; what happened before is unknown, not never.
const trackingSince = new Date('2026-01-15T00:00:00Z')

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html */
export const getKeyLastUsage = operation<GetKeyLastUsageRequest, Key>({
  quota: 'kms:GetKeyLastUsage',
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(_call, _input, { arn, createdAt, lastUsage }) {
    return {
      KeyId: arn,
      KeyCreationDate: createdAt,
      TrackingStartDate: trackingSince,
      ...(lastUsage && {
        KeyLastUsage: { Operation: lastUsage.operation, Timestamp: lastUsage.at, KmsRequestId: lastUsage.requestId },
      }),
    }
  },
})
