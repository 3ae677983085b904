import type {
  CancelKeyDeletionRequest,
  DisableKeyRequest,
  EnableKeyRequest,
  ScheduleKeyDeletionRequest,
} from '@aws-sdk/client-kms'
import { addDays } from 'date-fns/addDays'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import type { Account, Key } from '../state.ts'
import { findKey } from './find-key.ts'
import { refuseUnfitState } from './key-state.ts'
import { keyId } from './listing.ts'

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = operation<ScheduleKeyDeletionRequest, Key>({
  quota: 'kms:ScheduleKeyDeletion',
  isWrite: true,
  members: { KeyId: keyId, PendingWindowInDays: { type: 'integer', min: 7, max: 30 } },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, { PendingWindowInDays = 30 }, key) {
    refuseUnfitState(call.action, key)
    // A primary waits for its replicas to go, and has no date until then.
    if (hasReplicas(call.account, key)) {
      key.state = 'PendingReplicaDeletion'
      return { KeyId: key.arn, KeyState: key.state, PendingWindowInDays }
    }
    key.state = 'PendingDeletion'
    key.deletionAt = addDays(call.now, PendingWindowInDays)
    return { KeyId: key.arn, KeyState: key.state, DeletionDate: key.deletionAt, PendingWindowInDays }
  },
})

/** The key comes back disabled. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = operation<CancelKeyDeletionRequest, Key>({
  quota: 'kms:CancelKeyDeletion',
  isWrite: true,
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(_call, _input, key) {
    if (key.state !== 'PendingDeletion' && key.state !== 'PendingReplicaDeletion') {
      throw new AwsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`)
    }
    key.state = 'Disabled'
    delete key.deletionAt
    return { KeyId: key.arn }
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = operation<EnableKeyRequest, Key>({
  quota: 'kms:EnableKey',
  isWrite: true,
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, _input, key) {
    refuseUnfitState(call.action, key)
    key.state = 'Enabled'
    return undefined
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = operation<DisableKeyRequest, Key>({
  quota: 'kms:DisableKey',
  isWrite: true,
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, _input, key) {
    refuseUnfitState(call.action, key)
    key.state = 'Disabled'
    return undefined
  },
})

function hasReplicas(account: Account, key: Key): boolean {
  if (key.primaryRegion !== key.region) return false
  return [...account.regions].some(([region, { keys }]) => region !== key.region && keys.has(key.id))
}
