import type { Account } from '../state.ts'
import { awsManagedPolicies } from './aws-managed-policies.ts'
import type { ManagedPolicy, PolicyHolder } from './identities.ts'

/** The managed policy of that ARN, the account's own or AWS's; undefined when there is none. */
export function findPolicy(account: Account, arn: string): ManagedPolicy | undefined {
  return account.policies.get(arn) ?? awsManagedPolicies.get(arn)
}

/** The document of the default version, as text; undefined when there is no such policy. */
export function defaultDocument(account: Account, policyArn: string): string | undefined {
  return findPolicy(account, policyArn)?.versions.at(-1)?.document
}

/** All documents in which the user, role or group has its permissions, as text. */
export function documentsOf(account: Account, holder: PolicyHolder): string[] {
  const attached = holder.attachedPolicyArns.flatMap((arn) => defaultDocument(account, arn) ?? [])
  return [...holder.inlinePolicies.values(), ...attached]
}
