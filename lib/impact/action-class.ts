import { actionNamed } from '../access/reference.ts'
import type { ActionClass } from '../impact-review.ts'

/**
 * Actions on what a key or secret is for: what is encrypted, signed or kept in it. KMS Developer Guide, “Cryptographic
 * operations”; of Secrets Manager those that read or write a value.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html#cryptographic-operations
 */
export const dataActions: ReadonlySet<string> = new Set([
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateMac',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:Sign',
  'kms:Verify',
  'kms:VerifyMac',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
])

/** The same as CloudTrail names the calls: of what is two actions to IAM it knows one. */
export const dataCalls: ReadonlySet<string> = new Set([...dataActions, 'kms:ReEncrypt'])

const byLevel = {
  Read: 'read',
  List: 'read',
  Write: 'manage',
  Tagging: 'manage',
  'Permissions management': 'manage',
} as const satisfies Record<string, ActionClass>

/** What kind of access an action gives. One that the reference does not know counts as management, which is never hidden. */
export function classOfAction(action: string): ActionClass {
  if (dataActions.has(action)) return 'data'
  const known = actionNamed(action)
  return known === undefined ? 'manage' : byLevel[known.level]
}
