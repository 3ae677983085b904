/**
 * Request quotas per account and Region, in requests a second.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const requestsPerSecond = {
  'kms:UntagResource': 5,
  'kms:TagResource': 10,
  'kms:ListResourceTags': 2_000,
  'kms:ListKeys': 500,
  'kms:ListAliases': 500,
  'kms:DescribeKey': 2_000,
  'kms:GetKeyPolicy': 1_000,
  'kms:GetKeyRotationStatus': 1_000,
  'kms:ListGrants': 100,
  'kms:CreateKey': 5,
  'kms:ScheduleKeyDeletion': 15,
  'kms:CancelKeyDeletion': 5,
  'kms:PutKeyPolicy': 15,
  'kms:CreateGrant': 50,
  'kms:RevokeGrant': 30,
  'kms:GetKeyLastUsage': 5,
  // Shared by the symmetric cryptographic operations; larger in the largest Regions.
  'kms:cryptographic': 20_000,
  'kms:EnableKey': 5,
  'kms:DisableKey': 5,
  'secretsmanager:TagResource+UntagResource': 50,
  'secretsmanager:resourcePolicies': 50,
  'secretsmanager:ListSecrets': 100,
  'secretsmanager:DescribeSecret': 40_000,
  'secretsmanager:GetSecretValue': 10_000,
  'secretsmanager:CreateSecret': 50,
  'secretsmanager:ListSecretVersionIds': 50,
  'secretsmanager:DeleteSecret': 50,
  'secretsmanager:RestoreSecret': 50,
  'cloudtrail:LookupEvents': 2,
  // AWS publishes no figures for these; generous ones keep them out of the way.
  'sts:all': 600,
  'iam:all': 200,
  'account:all': 50,
  'organizations:all': 50,
} as const

export type QuotaName = keyof typeof requestsPerSecond

interface Bucket {
  tokens: number
  filledAtMs: number
}

/** Share of a quota, 0–1, that other callers of the account use up all the time. */
export type OthersShare = ReadonlyMap<QuotaName, number>

/** Token buckets that hold one second's worth of requests and fill continuously. */
export class Quotas {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes one request from the account's quota in the Region; false when it is used up. */
  take(quota: QuotaName, accountId: string, region: string, nowMs: number, others: OthersShare): boolean {
    const rate = requestsPerSecond[quota] * (1 - (others.get(quota) ?? 0))
    // A whole request must fit even where others leave less than one a second.
    const tokensMax = rate > 0 ? Math.max(1, rate) : 0
    const id = `${accountId}/${region}/${quota}`
    const bucket = this.#buckets.get(id) ?? { tokens: tokensMax, filledAtMs: nowMs }
    this.#buckets.set(id, bucket)
    bucket.tokens = Math.min(tokensMax, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * rate)
    bucket.filledAtMs = nowMs
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}
