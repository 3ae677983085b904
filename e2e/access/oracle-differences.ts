import { type CaseFile, policiesOf } from './case-file.ts'
import { entriesOf } from './feasible.ts'

/** A kind of case that the oracle is known to decide otherwise than AWS's documents say. */
interface Difference {
  is: (file: CaseFile) => boolean
  reason: string
  source: string
}

/** Judged one by one; a disagreement that none of these explains fails the test. */
export const differences: readonly Difference[] = [
  {
    is: ({ resource }) => (resource.grants?.length ?? 0) > 0,
    reason: 'it knows no grants',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  },
  {
    is: ({ principal }) => principal.arn.endsWith(':root'),
    reason: 'it has no rule for the root user, who needs no identity policy',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html',
  },
  {
    is: ({ principal }) => principal.arn.includes(':role/aws-service-role/'),
    reason: 'it lets SCPs and RCPs bind service-linked roles',
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  },
  {
    is: ({ action, rcps }) => action === 'kms:RetireGrant' && rcps !== undefined,
    reason: 'it lets RCPs bind kms:RetireGrant',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html',
  },
  {
    is: (file) =>
      policiesOf(file).some(({ policy }) => policy.Version !== '2012-10-17' && JSON.stringify(policy).includes('${')),
    reason: 'it reads variables in every Version',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
  },
  {
    is: (file) =>
      entriesOf(file).some(
        ({ operator, values }) => /Not/.test(operator) && values.some((value) => value.includes('${')),
      ),
    reason: 'a negated operator whose variable has no value does not match',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
  },
  {
    is: ({ principal, resource }) =>
      principal.sessionPolicy !== undefined && JSON.stringify(resource.policy ?? null).includes(':assumed-role/'),
    reason: 'a session policy blocks a grant to the session itself',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session',
  },
]
