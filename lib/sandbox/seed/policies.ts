import type { PolicyDocument } from '../principal-spec.ts'

/** Another company's account, which shares some keys and secrets with the demo's. */
export const partnerAccountId = '444455556666'

/** A document of these statements in the present version of the language. */
export function policyDocumentOf(...Statement: object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement }
}

const policy = (...statements: object[]) => JSON.stringify(policyDocumentOf(...statements), null, 2)

const delegation = (accountId: string) => ({
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: 'kms:*',
  Resource: '*',
})

/** What KMS gives a key made by the API: the account decides by IAM. */
export function defaultKeyPolicy(accountId: string): string {
  return policy(delegation(accountId))
}

/** The console's form: delegation, key administrators, key users. */
export function teamKeyPolicy(accountId: string, team: string): string {
  const role = (path: string) => ({ AWS: `arn:aws:iam::${accountId}:role/${path}` })
  return policy(
    delegation(accountId),
    {
      Sid: 'Allow access for Key Administrators',
      Effect: 'Allow',
      Principal: role(`${team}-admin`),
      Action: [
        'kms:Describe*',
        'kms:Enable*',
        'kms:Disable*',
        'kms:Get*',
        'kms:List*',
        'kms:Put*',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:ScheduleKeyDeletion',
        'kms:CancelKeyDeletion',
      ],
      Resource: '*',
    },
    {
      Sid: 'Allow use of the key',
      Effect: 'Allow',
      Principal: role(`workloads/${team}-service`),
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    },
  )
}

/** No statement for the account's root: IAM policies give no access to this key. */
export function closedKeyPolicy(accountId: string): string {
  const role = (name: string) => ({ AWS: `arn:aws:iam::${accountId}:role/${name}` })
  return policy(
    { Sid: 'Only the vault role', Effect: 'Allow', Principal: role('card-vault'), Action: 'kms:*', Resource: '*' },
    {
      Sid: 'And its tags',
      Effect: 'Allow',
      Principal: role('TagOperator'),
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:TagResource', 'kms:UntagResource'],
      Resource: '*',
    },
  )
}

/** The account decides by IAM, and so may a role of another account. */
export function sharedKeyPolicy(accountId: string): string {
  return policy(delegation(accountId), {
    Sid: 'Shared with Analytics',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${partnerAccountId}:role/analytics` },
    Action: ['kms:Decrypt', 'kms:DescribeKey'],
    Resource: '*',
  })
}

/** The fixed policy of an AWS managed key: use through its service, and looking at it; ListResourceTags is missing. */
export function awsManagedKeyPolicy(accountId: string, region: string, service: string): string {
  return policy(
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
    },
  )
}

/** A secret that principals with the same project tag may read. */
export function projectSecretPolicy(): string {
  return policy({
    Sid: 'ReadByProject',
    Effect: 'Allow',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/Project': `\${aws:PrincipalTag/Project}` } },
  })
}

/** A secret that is read from another account. */
export function sharedSecretPolicy(): string {
  return policy({
    Sid: 'SharedWithAnalytics',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${partnerAccountId}:role/analytics` },
    Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    Resource: '*',
  })
}
