import { type ActionMask, maskWhere } from './action-mask.ts'

const named = (...names: readonly string[]) => {
  const actions = new Set(names.map((name) => `kms:${name}`))
  return maskWhere('kms', ({ name }) => actions.has(name))
}

/**
 * The actions that a key policy or a grant can give to principals of another account; for the others such a
 * permission has no effect.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export const crossAccountActions: ActionMask = named(
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
)

/**
 * The operations to which constraints on the encryption context apply: those that take an encryption context.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
export const constrainedActions: ActionMask = named(
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
)

/** The actions that a grant may list. KMS API Reference, "CreateGrant", Operations. */
const grantOperations = [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetPublicKey',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'Sign',
  'Verify',
  'VerifyMac',
]

/** The actions that a grant with these operations allows. */
export function grantedActions(operations: readonly string[]): ActionMask {
  return named(...operations.filter((operation) => grantOperations.includes(operation)))
}

/** The actions that any grant can allow. */
export const allGrantedActions: ActionMask = grantedActions(grantOperations)

export const describeKey: ActionMask = named('DescribeKey')

/**
 * The grant determines who retires it, whatever else limits them. Neither key policies nor RCPs have an effect on it;
 * identity policies of the key's account do, to whom the account delegates it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export const retireGrant: ActionMask = named('RetireGrant')

/** What the grants that come of it may be is not told by the request alone. KMS API Reference, "CreateGrant". */
export const createGrant: ActionMask = named('CreateGrant')

/** Whether AWS's documents do not say what a key policy makes of this context key. */
export function isUnsupportedInKeyPolicy(contextKey: string): boolean {
  return contextKey.startsWith('aws:resourcetag/') || contextKey === 'kms:resourcealiases'
}

/** The sentence for it. KMS Developer Guide, "ABAC for AWS KMS". */
export const unsupportedInKeyPolicy =
  'KMS supports tags and aliases of keys as conditions in IAM policies only, not in key policies'
