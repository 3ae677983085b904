import { parseArn } from '../arn.ts'
import type { Identity } from '../aws/identity.ts'
import type { KnownPrincipal } from './known-principal.ts'

/**
 * The operator among the account's principals, as exactly the session that it works in: the ARN of a session carries
 * no path, so its role is found by name, and the path is told where it is known. Undefined for somebody who is not
 * among them, such as a federated user. A session policy, if there is one, nobody can read.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function operatorAmong(
  principals: readonly KnownPrincipal[],
  { kind, name, arn }: Pick<Identity, 'kind' | 'name' | 'arn'>,
): KnownPrincipal | undefined {
  const own = principals.find((principal) => principal.kind === kind && principal.name === name)
  if (own === undefined || kind !== 'role') return own
  const isRoleKnown = parseArn(own.access.arn)?.service === 'iam'
  return { ...own, access: { ...own.access, arn, ...(isRoleKnown && { roleArn: own.access.arn }) } }
}
