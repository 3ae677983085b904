import { getAccountAuthorizationDetails } from './authorization-details.ts'
import { identityOperations } from './identity-operations.ts'
import { policyOperations } from './policy-operations.ts'
import { simulatePrincipalPolicy } from './simulate.ts'

/** IAM, as far as the console and its access analysis read it. */
export const iamOperations = {
  ...identityOperations,
  ...policyOperations,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
}
