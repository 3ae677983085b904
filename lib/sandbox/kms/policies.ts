import type { GetKeyPolicyRequest, GetKeyRotationStatusRequest, PutKeyPolicyRequest } from '@aws-sdk/client-kms'
import { addDays } from 'date-fns/addDays'
import { isPolicyDocument } from '../authorization/documents.ts'
import { isAllowed } from '../authorize.ts'
import { AwsError } from '../errors.ts'
import { operation, type RequestContext } from '../operation.ts'
import type { Key } from '../state.ts'
import { findKey } from './find-key.ts'
import { keyFacts } from './key-facts.ts'
import { refuseUnfitState } from './key-state.ts'
import { keyId } from './listing.ts'

const policyName = { type: 'string', min: 1, max: 128, pattern: '[\\w]+' } as const

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = operation<GetKeyPolicyRequest, Key>({
  quota: 'kms:GetKeyPolicy',
  members: { KeyId: keyId, PolicyName: policyName },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(_call, { PolicyName = 'default' }, key) {
    if (PolicyName !== 'default') throw new AwsError('NotFoundException', 'No such policy exists')
    return { Policy: key.policy, PolicyName }
  },
})

/**
 * Refused when the caller could not change the policy again.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export const putKeyPolicy = operation<PutKeyPolicyRequest, Key>({
  quota: 'kms:PutKeyPolicy',
  isWrite: true,
  members: {
    KeyId: keyId,
    PolicyName: policyName,
    Policy: { type: 'string', required: true, min: 1, max: 131_072 },
    BypassPolicyLockoutSafetyCheck: { type: 'boolean' },
  },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  context: bypassContext,
  run(call, input, key) {
    refuseUnfitState(call.action, key)
    const { Policy = '', BypassPolicyLockoutSafetyCheck } = input
    if (!isPolicyDocument(Policy)) throw new AwsError('MalformedPolicyDocumentException', '')
    const facts = keyFacts(call, { ...key, policy: Policy })
    if (!BypassPolicyLockoutSafetyCheck && !isAllowed(call, facts, call.action, bypassContext(input))) {
      throw new AwsError(
        'MalformedPolicyDocumentException',
        'The new key policy will not allow you to update the key policy in the future.',
      )
    }
    key.policy = Policy
    return undefined
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation<GetKeyRotationStatusRequest, Key>({
  quota: 'kms:GetKeyRotationStatus',
  isCrossAccount: true,
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, _input, key) {
    if (key.spec !== 'SYMMETRIC_DEFAULT') {
      throw new AwsError('UnsupportedOperationException', `${key.arn} origin or key spec does not support rotation.`)
    }
    // A key that is pending deletion is not rotated and says so.
    const periodDays = key.state === 'PendingDeletion' ? undefined : key.rotationPeriodDays
    return {
      KeyId: key.arn,
      KeyRotationEnabled: periodDays !== undefined,
      ...(periodDays && {
        RotationPeriodInDays: periodDays,
        NextRotationDate: nextRotation(key.createdAt, periodDays, call.now),
      }),
    }
  },
})

function bypassContext({ BypassPolicyLockoutSafetyCheck = false }: PutKeyPolicyRequest): RequestContext {
  return { 'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck) }
}

function nextRotation(createdAt: Date, periodDays: number, now: Date): Date {
  const msPerPeriod = periodDays * 86_400_000
  const periods = Math.floor((now.getTime() - createdAt.getTime()) / msPerPeriod) + 1
  return addDays(createdAt, periods * periodDays)
}
