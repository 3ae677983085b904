const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)

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
  const role = (name: string) => ({ AWS: `arn:aws:iam::${accountId}:role/${name}` })
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
      Principal: role(`${team}-service`),
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    },
  )
}

/** No statement for the account's root: IAM policies give no access to this key. */
export function closedKeyPolicy(accountId: string): string {
  return policy({
    Sid: 'Only the vault role',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:role/card-vault` },
    Action: 'kms:*',
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
    Principal: { AWS: 'arn:aws:iam::444455556666:role/analytics' },
    Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    Resource: '*',
  })
}
