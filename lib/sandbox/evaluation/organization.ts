import type { Case } from './case.ts'
import { matchingStatements } from './statement-matches.ts'

/**
 * Whether an SCP of any level denies. SCPs bind the account's principals, its root user included, and no
 * service-linked role.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function scpsDeny(kase: Case): boolean {
  return matchingStatements(scpLevels(kase).flat(), 'Deny', 'scp', kase).length > 0
}

/**
 * Whether some SCP of every level, from the root to the account, allows.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function scpsAllow(kase: Case): boolean {
  return scpLevels(kase).every((level) => matchingStatements(level, 'Allow', 'scp', kase).length > 0)
}

function scpLevels({ facts, identity }: Case) {
  return identity.isServiceLinkedRole ? [] : (facts.scps ?? [])
}

/**
 * Whether an RCP denies. RCPs bind everybody who comes to the account's resources, except service-linked roles; not the
 * AWS managed keys, not kms:RetireGrant, and only services that know RCPs, which IAM is not.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html
 */
export function rcpsDeny(kase: Case): boolean {
  const { action, rcps = [], resource } = kase.facts
  const isExempt =
    kase.identity.isServiceLinkedRole ||
    resource.type === 'other' ||
    resource.isAwsManaged === true ||
    action.toLowerCase() === 'kms:retiregrant'
  if (isExempt) return false
  // The Principal element of an RCP can only be `*`.
  return matchingStatements(rcps.flat(), 'Deny', 'rcp', kase).length > 0
}
