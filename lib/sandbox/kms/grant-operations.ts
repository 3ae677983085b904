import type { GrantOperation } from '@aws-sdk/client-kms'

/** What a grant can allow. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html (Operations) */
export const grantOperations = [
  'CreateGrant',
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encapsulate',
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
] as const satisfies GrantOperation[]
