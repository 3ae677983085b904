import type { OrganizationSpec } from '../organizations/organization-spec.ts'
import { policyDocumentOf as policy } from './policies.ts'

const fullAccess = policy({ Effect: 'Allow', Action: '*', Resource: '*' })

/** The demo's company: root, one OU for workloads, the account in it. */
export const companyOrganization: OrganizationSpec = {
  managementAccountId: '999900001111',
  members: [],
  scps: [
    [fullAccess],
    [
      fullAccess,
      policy({
        Sid: 'NoNewUseOfKeysWithoutOwner',
        Effect: 'Deny',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant'],
        Resource: 'arn:aws:kms:*:*:key/*',
        Condition: { Null: { 'aws:ResourceTag/owner': 'true' } },
      }),
    ],
  ],
  rcps: [
    [],
    [
      policy({
        Sid: 'PoliciesAreChangedByOurselves',
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:PutKeyPolicy', 'secretsmanager:PutResourcePolicy'],
        Resource: '*',
        Condition: { Null: { 'aws:PrincipalOrgID': 'true' } },
      }),
    ],
  ],
}
