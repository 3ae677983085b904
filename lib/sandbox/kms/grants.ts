import { randomBytes } from 'node:crypto'
import type { CreateGrantRequest, GrantListEntry, ListGrantsRequest, RevokeGrantRequest } from '@aws-sdk/client-kms'
import type { Constraint } from '../constraints.ts'
import { AwsError } from '../errors.ts'
import { operation, type RequestContext } from '../operation.ts'
import { accountRootArn } from '../principals.ts'
import type { Key } from '../state.ts'
import { endDryRun } from './dry-run.ts'
import { findKey } from './find-key.ts'
import { grantOperations } from './grant-operations.ts'
import { refuseUnfitState } from './key-state.ts'
import { keyId, listMembers, pageOf } from './listing.ts'

const principal = { type: 'string', min: 1, max: 256 } as const satisfies Constraint
const grantId = { type: 'string', min: 1, max: 128 } as const satisfies Constraint
const encryptionContext = { type: 'map', value: { type: 'string' } } as const satisfies Constraint

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = operation<ListGrantsRequest, Key>({
  quota: 'kms:ListGrants',
  isCrossAccount: true,
  members: { KeyId: keyId, GrantId: grantId, GranteePrincipal: principal, ...listMembers(100) },
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

/** The grant counts at once; AWS may take up to five minutes, or a grant token. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const createGrant = operation<CreateGrantRequest, Key>({
  quota: 'kms:CreateGrant',
  isWrite: true,
  isCrossAccount: true,
  members: {
    KeyId: keyId,
    GranteePrincipal: { ...principal, required: true },
    RetiringPrincipal: principal,
    Operations: { type: 'list', required: true, min: 1, member: { type: 'string', values: grantOperations } },
    Constraints: {
      type: 'structure',
      members: {
        EncryptionContextEquals: encryptionContext,
        EncryptionContextSubset: encryptionContext,
        SourceArn: { type: 'string', min: 1, max: 512 },
      },
    },
    Name: { type: 'string', min: 1, max: 256, pattern: '[a-zA-Z0-9:/_-]+' },
    DryRun: { type: 'boolean' },
  },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  context: grantContext,
  run(call, input, key) {
    refuseUnfitState(call.action, key)
    endDryRun(input)
    const { GranteePrincipal, RetiringPrincipal, Operations, Constraints, Name } = input
    const grant: GrantListEntry = {
      KeyId: key.arn,
      GrantId: randomBytes(32).toString('hex'),
      CreationDate: call.now,
      IssuingAccount: accountRootArn(call.account.id),
      GranteePrincipal,
      Operations,
      ...(RetiringPrincipal && { RetiringPrincipal }),
      ...(Constraints && { Constraints }),
      ...(Name && { Name }),
    }
    key.grants = [...key.grants, grant]
    return { GrantId: grant.GrantId, GrantToken: randomBytes(96).toString('base64url') }
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export const revokeGrant = operation<RevokeGrantRequest, Key>({
  quota: 'kms:RevokeGrant',
  isWrite: true,
  isCrossAccount: true,
  members: { KeyId: keyId, GrantId: { ...grantId, required: true }, DryRun: { type: 'boolean' } },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, input, key) {
    refuseUnfitState(call.action, key)
    if (!key.grants.some(({ GrantId }) => GrantId === input.GrantId)) {
      throw new AwsError('NotFoundException', `Grant ID ${input.GrantId} not found`)
    }
    endDryRun(input)
    key.grants = key.grants.filter(({ GrantId }) => GrantId !== input.GrantId)
    return undefined
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (kms:Grant…) */
function grantContext({
  GranteePrincipal,
  RetiringPrincipal,
  Operations,
  Constraints,
}: CreateGrantRequest): RequestContext {
  const constraintType = Constraints?.EncryptionContextEquals
    ? 'EncryptionContextEquals'
    : Constraints?.EncryptionContextSubset && 'EncryptionContextSubset'
  return {
    ...(GranteePrincipal && { 'kms:GranteePrincipal': GranteePrincipal }),
    ...(RetiringPrincipal && { 'kms:RetiringPrincipal': RetiringPrincipal }),
    ...(Operations && { 'kms:GrantOperations': Operations }),
    ...(constraintType && { 'kms:GrantConstraintType': constraintType }),
    'kms:GrantIsForAWSResource': 'false',
  }
}
