import { createSecret } from './create.ts'
import { deleteSecret, restoreSecret } from './deletion.ts'
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './resource-policy.ts'
import { getSecretValue } from './secret-value.ts'
import { describeSecret, listSecrets } from './secrets.ts'
import { tagSecret, untagSecret } from './tags.ts'
import { listSecretVersionIds } from './versions.ts'

/** Secrets Manager, `secretsmanager` on the wire. */
export const secretOperations = {
  CreateSecret: createSecret,
  ListSecrets: listSecrets,
  DescribeSecret: describeSecret,
  ListSecretVersionIds: listSecretVersionIds,
  TagResource: tagSecret,
  UntagResource: untagSecret,
  GetSecretValue: getSecretValue,
  GetResourcePolicy: getResourcePolicy,
  PutResourcePolicy: putResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  DeleteSecret: deleteSecret,
  RestoreSecret: restoreSecret,
}
