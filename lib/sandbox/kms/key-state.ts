import type { KeyState } from '@aws-sdk/client-kms'
import { AwsError } from '../errors.ts'
import type { Key } from '../state.ts'

const pendingDeletion: readonly KeyState[] = ['PendingDeletion', 'PendingReplicaDeletion']
// A disabled key fails here too, under a code of its own.
const unusable: readonly KeyState[] = [...pendingDeletion, 'Disabled', 'PendingImport', 'Unavailable', 'Creating']

/**
 * Key states in which an operation fails. Operations without a row work in every state.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html (key state table)
 */
const failingStates: Readonly<Record<string, readonly KeyState[]>> = {
  'kms:TagResource': pendingDeletion,
  'kms:UntagResource': pendingDeletion,
  'kms:ScheduleKeyDeletion': pendingDeletion,
  'kms:EnableKey': [...pendingDeletion, 'PendingImport', 'Unavailable', 'Creating', 'Updating'],
  'kms:DisableKey': [...pendingDeletion, 'PendingImport', 'Unavailable', 'Creating', 'Updating'],
  'kms:CreateGrant': unusable,
  'kms:Encrypt': unusable,
  'kms:Decrypt': unusable,
  'kms:GenerateDataKey': unusable,
}

/** @throws AwsError DisabledException; KMSInvalidStateException, 400 on the wire though the model says 409 (localstack snapshots) */
export function refuseUnfitState(action: string, key: Key): void {
  if (!failingStates[action]?.includes(key.state)) return
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`)
  throw new AwsError('KMSInvalidStateException', stateText(key))
}

function stateText({ arn, state }: Key): string {
  return pendingDeletion.includes(state)
    ? `${arn} is pending deletion (or pending replica deletion).`
    : `${arn} is in state ${state}, which is not valid for this request.`
}
