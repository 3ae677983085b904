import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantListEntry,
  type KMSClient,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms'
import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import type { KeyMetadata } from '#lib/access/case.ts'
import type { CaseFile, GrantFile } from '../case-file.ts'
import { allPages } from './all-pages.ts'

/** A key or secret as AWS tells of it. */
export interface ReadResource {
  readonly resource: CaseFile['resource'] & KeyMetadata
  /** The customer managed key of a secret: id, ARN or alias. */
  readonly kmsKeyId?: string
}

/** All keys of the client's account and Region. */
export async function readKeys(client: KMSClient): Promise<ReadResource[]> {
  const pages = await allPages(paginateListKeys({ client }, {}))
  return Promise.all(pages.flatMap(({ Keys = [] }) => Keys.map(({ KeyArn = '' }) => readKey(client, KeyArn))))
}

async function readKey(client: KMSClient, KeyId: string): Promise<ReadResource> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }))
  const { Policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId }))
  const tags = await allPages(paginateListResourceTags({ client }, { KeyId }))
  const aliases = await allPages(paginateListAliases({ client }, { KeyId }))
  const grants = await allPages(paginateListGrants({ client }, { KeyId }))
  const { KeySpec = '', KeyUsage = '', Origin = '', MultiRegion, MultiRegionConfiguration } = KeyMetadata ?? {}
  const kind = MultiRegionConfiguration?.MultiRegionKeyType
  return {
    resource: {
      arn: KeyId,
      type: 'kms-key',
      tags: Object.fromEntries(
        tags.flatMap(({ Tags = [] }) => Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
      ),
      policy: JSON.parse(Policy),
      aliases: aliases.flatMap(({ Aliases = [] }) => Aliases.flatMap(({ AliasName }) => AliasName ?? [])),
      grants: grants.flatMap(({ Grants = [] }) => Grants.map(grantFile)),
      keySpec: KeySpec,
      keyUsage: KeyUsage,
      keyOrigin: Origin,
      multiRegion: MultiRegion === true,
      ...(kind && { multiRegionKeyType: kind }),
    },
  }
}

function grantFile({ GrantId = '', GranteePrincipal = '', Operations = [], Constraints }: GrantListEntry): GrantFile {
  const { EncryptionContextEquals, EncryptionContextSubset } = Constraints ?? {}
  return {
    grantId: GrantId,
    granteePrincipal: GranteePrincipal,
    operations: Operations,
    ...(Constraints && {
      constraints: {
        ...(EncryptionContextEquals && { encryptionContextEquals: EncryptionContextEquals }),
        ...(EncryptionContextSubset && { encryptionContextSubset: EncryptionContextSubset }),
      },
    }),
  }
}

/** All secrets of the client's account and Region. */
export async function readSecrets(client: SecretsManagerClient): Promise<ReadResource[]> {
  const pages = await allPages(paginateListSecrets({ client }, {}))
  return Promise.all(pages.flatMap(({ SecretList = [] }) => SecretList.map(({ ARN = '' }) => readSecret(client, ARN))))
}

async function readSecret(client: SecretsManagerClient, SecretId: string): Promise<ReadResource> {
  const { Tags = [], KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId }))
  const { ResourcePolicy } = await client.send(new GetResourcePolicyCommand({ SecretId }))
  return {
    resource: {
      arn: SecretId,
      type: 'secret',
      tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      policy: ResourcePolicy === undefined ? null : JSON.parse(ResourcePolicy),
    },
    ...(KmsKeyId && { kmsKeyId: KmsKeyId }),
  }
}
