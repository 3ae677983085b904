import type { AccountReading } from '../account-reading.ts'
import { roleKindOf } from './role-kind.ts'

/**
 * Whether the operator's session may be limited by a session policy. Whoever assumes a role may pass one, and a session
 * of a federated user gets nothing without; AWS tells it to nobody afterwards. IAM users and the root user have none,
 * and the sessions of IAM Identity Center are started by AWS without.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function mayHaveSessionPolicy({ readBy, roles }: Pick<AccountReading, 'readBy' | 'roles'>): boolean {
  if (readBy.kind !== 'role') return readBy.kind === 'federated'
  const role = roles.find(({ name }) => name === readBy.name)
  // A role that was not read has no path to tell by; its name has the form of those of Identity Center.
  const isOfPermissionSet = role?.arn.includes(':iam:')
    ? roleKindOf(role.arn).of === 'permissionSet'
    : /^AWSReservedSSO_.+_[0-9a-f]+$/.test(readBy.name)
  return !isOfPermissionSet
}
