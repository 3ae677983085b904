import type { ResetChange } from '#lib/sandbox/settings.ts'
import { allow, deny, management, policy } from './statements.ts'

const everything = policy(allow('*'))
const everybody = { Principal: '*' }

/** Control policies that hang on tags, at every level: Denies with and without the tag, and an Allow. */
export const organization: NonNullable<ResetChange['organization']> = {
  managementAccountId: management,
  scps: [
    [
      everything,
      policy(
        deny(['kms:Decrypt', 'secretsmanager:GetSecretValue'], {
          StringEquals: { 'aws:ResourceTag/legal-hold': 'yes' },
        }),
      ),
    ],
    [everything, policy(deny(['kms:Encrypt', 'kms:GenerateDataKey*'], { Null: { 'aws:ResourceTag/owner': 'true' } }))],
    [
      policy(
        { Effect: 'Allow', NotAction: 'kms:CreateGrant', Resource: '*' },
        allow('kms:CreateGrant', { StringLike: { 'aws:ResourceTag/grantable': 'y*' } }),
      ),
    ],
  ],
  rcps: [
    [
      policy(
        deny(
          ['kms:Decrypt', 'kms:GenerateDataKey', 'secretsmanager:GetSecretValue'],
          { StringEqualsIgnoreCase: { 'aws:ResourceTag/sealed': 'YES' } },
          everybody,
        ),
      ),
    ],
    [],
    [
      policy(
        deny(
          ['kms:DescribeKey', 'secretsmanager:DescribeSecret'],
          { Null: { 'aws:PrincipalOrgID': 'true', 'aws:ResourceTag/shared': 'true' } },
          everybody,
        ),
      ),
    ],
  ],
}
