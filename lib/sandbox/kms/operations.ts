import { createKey } from './create.ts'
import { decrypt, encrypt, generateDataKey } from './cryptography.ts'
import { createGrant, listGrants, revokeGrant } from './grants.ts'
import { describeKey, listAliases, listKeys } from './keys.ts'
import { getKeyLastUsage } from './last-usage.ts'
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from './lifecycle.ts'
import { getKeyPolicy, getKeyRotationStatus, putKeyPolicy } from './policies.ts'
import { listResourceTags, tagResource, untagResource } from './tags.ts'

/** KMS, `TrentService` on the wire. */
export const keyOperations = {
  CreateKey: createKey,
  ListKeys: listKeys,
  ListAliases: listAliases,
  DescribeKey: describeKey,
  ListResourceTags: listResourceTags,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetKeyPolicy: getKeyPolicy,
  PutKeyPolicy: putKeyPolicy,
  ListGrants: listGrants,
  CreateGrant: createGrant,
  RevokeGrant: revokeGrant,
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: generateDataKey,
  GetKeyLastUsage: getKeyLastUsage,
  GetKeyRotationStatus: getKeyRotationStatus,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: cancelKeyDeletion,
  EnableKey: enableKey,
  DisableKey: disableKey,
}
