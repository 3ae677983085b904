import { z } from 'zod'
import { accountId, policyDocument } from '../principal-spec.ts'

const levels = z.array(z.array(policyDocument).max(5)).max(7)

/**
 * The organization of the sandbox's account. Levels go from the root over nested OUs to the account itself; a level
 * that is not named has the full-access policy.
 */
export const organizationSpec = z.strictObject({
  managementAccountId: accountId.default('999900001111'),
  /** SCPs of the account, one list a level. */
  scps: levels.default([]),
  /** RCPs of the account, one list a level, besides RCPFullAWSAccess, which is at each of them. */
  rcps: levels.default([]),
  /** Other member accounts; they stand directly below the root. */
  members: z.array(accountId).default([]),
})

export type OrganizationSpec = z.infer<typeof organizationSpec>
