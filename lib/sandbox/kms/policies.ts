import type { GetKeyPolicyRequest, GetKeyRotationStatusRequest, ListGrantsRequest } from '@aws-sdk/client-kms'
import { addDays } from 'date-fns/addDays'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import type { Key } from '../state.ts'
import { findKey } from './find-key.ts'
import { keyId, listMembers, pageOf } from './listing.ts'

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = operation<GetKeyPolicyRequest, Key>({
  quota: 'kms:GetKeyPolicy',
  members: { KeyId: keyId, PolicyName: { type: 'string', min: 1, max: 128, pattern: '[\\w]+' } },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(_call, { PolicyName = 'default' }, key) {
    if (PolicyName !== 'default') throw new AwsError('NotFoundException', 'No such policy exists')
    return { Policy: key.policy, PolicyName }
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = operation<ListGrantsRequest, Key>({
  quota: 'kms:ListGrants',
  members: {
    KeyId: keyId,
    GrantId: { type: 'string', min: 1, max: 128 },
    GranteePrincipal: { type: 'string', min: 1, max: 256 },
    ...listMembers(100),
  },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, input, key) {
    const { GrantId, GranteePrincipal } = input
    const grants = key.grants.filter(
      (grant) =>
        (GrantId === undefined || grant.GrantId === GrantId) &&
        (GranteePrincipal === undefined || grant.GranteePrincipal === GranteePrincipal),
    )
    const about = [key.id, GrantId, GranteePrincipal].join(' ')
    return pageOf(call, 'Grants', grants, input, { default: 50, about })
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation<GetKeyRotationStatusRequest, Key>({
  quota: 'kms:GetKeyRotationStatus',
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

function nextRotation(createdAt: Date, periodDays: number, now: Date): Date {
  const msPerPeriod = periodDays * 86_400_000
  const periods = Math.floor((now.getTime() - createdAt.getTime()) / msPerPeriod) + 1
  return addDays(createdAt, periods * periodDays)
}
