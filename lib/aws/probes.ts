import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms'
import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretVersionIdsCommand,
} from '@aws-sdk/client-secrets-manager'
import { type Arn, regionOf } from '../arn.ts'
import type { ResourceType } from '../resource.ts'
import type { Aws } from './clients.ts'
import type { Quota } from './quotas.ts'
import { translated } from './translate-error.ts'

/** A call that shows whether the caller may do an action on a resource, and does no harm. */
export interface Probe {
  /** As IAM spells it. */
  readonly action: string
  readonly quota: Quota
  /** Resolves where the caller may. */
  readonly ask: (aws: Aws, arn: Arn) => Promise<unknown>
}

// Nobody sees it: a dry run encrypts nothing.
const PLAINTEXT = Uint8Array.of(0)

/**
 * What can be tried on a resource without any effect: calls that read metadata, and cryptography as a dry run. A
 * secret's value is never asked for.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export const probes: Record<ResourceType, readonly Probe[]> = {
  key: [
    keyProbe('DescribeKey', (kms, KeyId) => kms.send(new DescribeKeyCommand({ KeyId }))),
    keyProbe('ListResourceTags', (kms, KeyId) => kms.send(new ListResourceTagsCommand({ KeyId, Limit: 1 }))),
    keyProbe('GetKeyPolicy', (kms, KeyId) => kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))),
    keyProbe('ListGrants', (kms, KeyId) => kms.send(new ListGrantsCommand({ KeyId, Limit: 1 }))),
    dryRun('Encrypt', (kms, KeyId) => kms.send(new EncryptCommand({ KeyId, Plaintext: PLAINTEXT, DryRun: true }))),
    dryRun('Decrypt', (kms, KeyId) =>
      kms.send(new DecryptCommand({ KeyId, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })),
    ),
    dryRun('GenerateDataKey', (kms, KeyId) =>
      kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', DryRun: true })),
    ),
  ],
  secret: [
    secretProbe('DescribeSecret', 'secretsmanager:DescribeSecret', (secrets, SecretId) =>
      secrets.send(new DescribeSecretCommand({ SecretId })),
    ),
    secretProbe('GetResourcePolicy', 'secretsmanager:ResourcePolicy', (secrets, SecretId) =>
      secrets.send(new GetResourcePolicyCommand({ SecretId })),
    ),
    secretProbe('ListSecretVersionIds', 'secretsmanager:ListSecretVersionIds', (secrets, SecretId) =>
      secrets.send(new ListSecretVersionIdsCommand({ SecretId, MaxResults: 1 })),
    ),
  ],
}

type Call<Client> = (client: Client, arn: Arn) => Promise<unknown>
type KeyClient = ReturnType<Aws['kms']>
type SecretClient = ReturnType<Aws['secrets']>

function keyProbe(
  operation: 'DescribeKey' | 'ListResourceTags' | 'GetKeyPolicy' | 'ListGrants',
  call: Call<KeyClient>,
): Probe {
  const action = `kms:${operation}` as const
  return probe(action, action, (aws, arn) => call(aws.kms(regionOf(arn)), arn))
}

/** A permitted dry run fails all the same; the name of its error is the yes. */
function dryRun(operation: 'Encrypt' | 'Decrypt' | 'GenerateDataKey', call: Call<KeyClient>): Probe {
  return probe(`kms:${operation}`, 'kms:cryptographic', async (aws, arn) => {
    try {
      await call(aws.kms(regionOf(arn)), arn)
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'DryRunOperationException') throw error
    }
  })
}

function secretProbe(operation: string, quota: Quota, call: Call<SecretClient>): Probe {
  return probe(`secretsmanager:${operation}`, quota, (aws, arn) => call(aws.secrets(regionOf(arn)), arn))
}

function probe(action: string, quota: Quota, ask: Probe['ask']): Probe {
  return { action, quota, ask: (aws, arn) => translated({ operation: action, resource: arn }, () => ask(aws, arn)) }
}
