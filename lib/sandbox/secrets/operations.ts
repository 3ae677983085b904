import { deleteSecret, restoreSecret } from './deletion.ts'
import { describeSecret, getResourcePolicy, listSecrets } from './secrets.ts'
import { tagSecret, untagSecret } from './tags.ts'

/** Secrets Manager, `secretsmanager` on the wire. */
export const secretOperations = {
  ListSecrets: listSecrets,
  DescribeSecret: describeSecret,
  TagResource: tagSecret,
  UntagResource: untagSecret,
  GetResourcePolicy: getResourcePolicy,
  DeleteSecret: deleteSecret,
  RestoreSecret: restoreSecret,
}
