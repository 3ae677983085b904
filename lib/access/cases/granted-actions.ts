import { APP, allow, from, grant, key, OTHER_APP, OTHER_ROOT, otherRole, policy, role, to } from './build.ts'
import { source } from './sources.ts'

/** CreateGrant, Operations. RetireGrant has rules of its own. */
const operations = [
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
const elsewhere = operations.filter((name) => name !== 'RetireGrant')
const alsoElsewhere = ['GetKeyRotationStatus', 'ListGrants', 'RevokeGrant']
const atHome = [
  'CancelKeyDeletion',
  'DisableKey',
  'EnableKey',
  'GetKeyPolicy',
  'ListKeyPolicies',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
]
const encrypted = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]
const unencrypted = ['DeriveSharedSecret', 'GenerateMac', 'GetPublicKey', 'Sign', 'Verify', 'VerifyMac']

const each = <Row>(names: readonly string[], rule: (name: string) => string, row: (name: string) => Row) =>
  Object.fromEntries(names.map((name) => [rule(name), row(name)]))

const granted = (name: string, constraints?: object) => ({
  principal: role(),
  resource: key({ team: 'blue' }, { grants: [grant(APP, [name], constraints)] }),
  action: `kms:${name}`,
})
const shared = (name: string) => ({
  principal: otherRole(allow('kms:*')),
  resource: key({ team: 'blue' }, { policy: policy(to(OTHER_ROOT, allow('kms:*'))) }),
  action: `kms:${name}`,
})
const constraints = { encryptionContextEquals: { app: 'web' } }
const context = { 'kms:EncryptionContext:app': 'api' }

/** One row for each operation, so that none can go from a list without notice. */
export const grantedOperations = from(source.grants, {
  ...each(
    operations,
    (name) => `a grant allows ${name}`,
    (name) => ({ ...granted(name), closed: 'allowed' as const }),
  ),
  ...each(
    encrypted,
    (name) => `a constraint on the encryption context applies to ${name}`,
    (name) => ({
      ...granted(name, constraints),
      context,
      closed: 'denied' as const,
    }),
  ),
  ...each(
    unencrypted,
    (name) => `a constraint on the encryption context leaves ${name}, which takes none`,
    (name) => ({
      ...granted(name, constraints),
      context,
      closed: 'allowed' as const,
    }),
  ),
})

/** “If you give other permissions to external users, those permissions have no effect.” */
export const actionsAcrossAccounts = from(source.externalAccounts, {
  ...each(
    [...elsewhere, ...alsoElsewhere],
    (name) => `a key policy gives ${name} to another account`,
    (name) => ({
      ...shared(name),
      closed: 'allowed' as const,
    }),
  ),
  ...each(
    atHome,
    (name) => `a key policy gives ${name} to its own account only`,
    (name) => ({
      ...shared(name),
      closed: 'denied' as const,
    }),
  ),
  ...each(
    elsewhere,
    (name) => `a grant gives ${name} to another account`,
    (name) => ({
      principal: otherRole(allow('kms:*')),
      resource: key({ team: 'blue' }, { grants: [grant(OTHER_APP, [name])] }),
      action: `kms:${name}`,
      closed: 'allowed' as const,
    }),
  ),
})
