/**
 * Requests per second that AWS allows per account and Region. Operations that share a bucket share a row.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const quotas = {
  'kms:ListKeys': 500,
  'kms:ListAliases': 500,
  'kms:DescribeKey': 2000,
  'kms:ListResourceTags': 2000,
  'kms:GetKeyPolicy': 1000,
  'kms:ListGrants': 100,
  'kms:GetKeyLastUsage': 5,
  // All cryptographic operations share one, larger than this in every Region: the few dry runs need no more.
  'kms:cryptographic': 1000,
  'kms:TagResource': 10,
  'kms:UntagResource': 5,
  'secretsmanager:ListSecrets': 100,
  'secretsmanager:DescribeSecret': 40_000,
  'secretsmanager:TagOrUntagResource': 50,
  'secretsmanager:ResourcePolicy': 50,
  'secretsmanager:ListSecretVersionIds': 50,
  'cloudtrail:LookupEvents': 2,
  // Figures of ours, for all of the service: IAM's own are not published and cannot be raised. Security Blog, "Query IAM
  // resources at scale", part 2.
  iam: 20,
  'iam:SimulatePrincipalPolicy': 10,
  organizations: 10,
} as const satisfies Record<string, number>

/** A request quota of AWS: one token bucket per account and Region. */
export type Quota = keyof typeof quotas
