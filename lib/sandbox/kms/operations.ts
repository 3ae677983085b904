import { describeKey, listAliases, listKeys } from './keys.ts'
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from './lifecycle.ts'
import { getKeyPolicy, getKeyRotationStatus, listGrants } from './policies.ts'
import { listResourceTags, tagResource, untagResource } from './tags.ts'

/** KMS, `TrentService` on the wire. */
export const keyOperations = {
  ListKeys: listKeys,
  ListAliases: listAliases,
  DescribeKey: describeKey,
  ListResourceTags: listResourceTags,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetKeyPolicy: getKeyPolicy,
  ListGrants: listGrants,
  GetKeyRotationStatus: getKeyRotationStatus,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: cancelKeyDeletion,
  EnableKey: enableKey,
  DisableKey: disableKey,
}
