import type {
  AliasListEntry,
  DescribeKeyRequest,
  KeyMetadata,
  ListAliasesRequest,
  ListKeysRequest,
} from '@aws-sdk/client-kms'
import { operation } from '../operation.ts'
import { accountOf, ownerOf } from '../principals.ts'
import { type Account, type Alias, type Key, regionState } from '../state.ts'
import { requestAlias } from './cryptographic-context.ts'
import { findKey, findKeyOrAlias } from './find-key.ts'
import { keyId, listMembers, pageOf } from './listing.ts'

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = operation<ListKeysRequest>({
  quota: 'kms:ListKeys',
  members: listMembers(1000),
  run(call, input) {
    const { keys } = regionState(call.account, call.region)
    const entries = [...keys.values()].map(({ id, arn }) => ({ KeyId: id, KeyArn: arn }))
    return pageOf(call, 'Keys', entries, input, { default: 100 })
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = operation<ListAliasesRequest>({
  quota: 'kms:ListAliases',
  members: { KeyId: { ...keyId, required: false }, ...listMembers(100) },
  run(call, input) {
    const { aliases } = regionState(call.account, call.region)
    const target = input.KeyId === undefined ? undefined : findKey(call, input.KeyId).resource?.id
    const shown = [...aliases.values()].filter(
      ({ targetKeyId }) => input.KeyId === undefined || (target !== undefined && targetKeyId === target),
    )
    return pageOf(call, 'Aliases', shown.map(aliasEntry), input, { default: 50, about: target ?? '' })
  },
})

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = operation<DescribeKeyRequest, Key>({
  quota: 'kms:DescribeKey',
  isCrossAccount: true,
  members: { KeyId: keyId },
  find: (call, { KeyId = '' }) => findKeyOrAlias(call, KeyId),
  context: requestAlias,
  run: (call, _input, key) => ({ KeyMetadata: metadata(accountOf(call.world.accounts, ownerOf(key.arn)), key) }),
})

function aliasEntry({ name, arn, targetKeyId, createdAt }: Alias): AliasListEntry {
  const target = targetKeyId && { TargetKeyId: targetKeyId, CreationDate: createdAt, LastUpdatedDate: createdAt }
  return { AliasName: name, AliasArn: arn, ...target }
}

/** A key as DescribeKey and CreateKey show it. */
export function metadata(account: Account, key: Key): KeyMetadata {
  return {
    AWSAccountId: account.id,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAt,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    Origin: key.origin,
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec === 'SYMMETRIC_DEFAULT' ? 'SYMMETRIC_DEFAULT' : undefined,
    KeySpec: key.spec,
    ...(key.spec === 'SYMMETRIC_DEFAULT' && { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
    ...(key.deletionAt && { DeletionDate: key.deletionAt }),
    MultiRegion: key.primaryRegion !== undefined,
    ...(key.primaryRegion && { MultiRegionConfiguration: siblings(account, key, key.primaryRegion) }),
  }
}

function siblings(account: Account, key: Key, primaryRegion: string): KeyMetadata['MultiRegionConfiguration'] {
  const related = [...account.regions.values()].flatMap(({ keys }) => keys.get(key.id) ?? [])
  const [primary, replicas] = [
    related.find(({ region }) => region === primaryRegion),
    related.filter(({ region }) => region !== primaryRegion),
  ]
  const place = ({ arn, region }: Key) => ({ Arn: arn, Region: region })
  return {
    MultiRegionKeyType: key.region === primaryRegion ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: primary && place(primary),
    ReplicaKeys: replicas.map(place),
  }
}
