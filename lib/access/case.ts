import type { Policy } from './policy.ts'

/** In place of a policy or grant: it exists or may exist, and was not read. Nobody knows what it allows and denies. */
export type Unread = 'unread'
export type CasePolicy = Policy | Unread

/** One question: does the removal of these tags change whether this principal may do this action on this resource? */
export interface AccessCase {
  readonly id: string
  readonly principal: CasePrincipal
  /** Levels, root first, with the policies of each. Absent: no SCP binds the principal. */
  readonly scps?: readonly (readonly CasePolicy[])[]
  /** Likewise for the resource's account; RCPFullAWSAccess is implicit. */
  readonly rcps?: readonly (readonly CasePolicy[])[]
  readonly resource: CaseResource
  /** In the spelling of the Service Authorization Reference. */
  readonly action: string
  /** Lower-case context key → its values. */
  readonly context: ReadonlyMap<string, readonly string[]>
  /** Exact tag keys. */
  readonly removeTags: readonly string[]
}

export interface CasePrincipal {
  /** A role stands for a session of it whose name nobody said; an assumed-role ARN for exactly that session. */
  readonly arn: string
  /** Of a session: its role, with the path that the ARN of a session does not tell. Absent: a role without path. */
  readonly roleArn?: string
  /** The unique id of the user or role (`AIDA…`, `AROA…`), on which aws:userid stands. */
  readonly userId?: string
  /** The effective aws:PrincipalTag values. */
  readonly tags: ReadonlyMap<string, string>
  /** The session may carry tags that nobody knows: aws:PrincipalTag keys that are not in `tags` are free. */
  readonly sessionTags?: 'unknown'
  readonly identityPolicies: readonly CasePolicy[]
  readonly groups?: readonly { readonly name: string; readonly policies: readonly CasePolicy[] }[]
  readonly boundary?: CasePolicy
  readonly sessionPolicy?: CasePolicy
}

export interface CaseResource extends KeyMetadata {
  readonly arn: string
  readonly type: 'kms-key' | 'secret'
  readonly tags: ReadonlyMap<string, string>
  readonly policy?: CasePolicy
  readonly aliases?: readonly string[]
  readonly grants?: readonly (CaseGrant | Unread)[]
  /** Of a secret: the Region where it is no replica. */
  readonly primaryRegion?: string
}

/** What KMS tells of a key, in its own values. What is absent nobody knows. */
export interface KeyMetadata {
  readonly keySpec?: string
  readonly keyUsage?: string
  readonly keyOrigin?: string
  readonly multiRegion?: boolean
  readonly multiRegionKeyType?: 'PRIMARY' | 'REPLICA'
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
export interface CaseGrant {
  readonly grantId: string
  readonly granteePrincipal: string
  readonly retiringPrincipal?: string
  readonly operations: readonly string[]
  readonly constraints?: {
    readonly encryptionContextEquals?: ReadonlyMap<string, string>
    readonly encryptionContextSubset?: ReadonlyMap<string, string>
    readonly sourceArn?: string
  }
}

export type CaseDecision = 'allow' | 'deny' | 'depends' | 'unknown'
export type CaseEffect = 'loss' | 'may-lose' | 'gain' | 'may-gain' | 'unknown'

/** The answer to a case, as it is printed: one line of JSON. */
export interface AccessAnswer {
  readonly id: string
  readonly before: CaseDecision
  readonly after: CaseDecision
  /** Empty: no context exists in which the removal changes the decision. */
  readonly effect: readonly CaseEffect[]
  /** The statements and grants whose match flips: `identityPolicies[0].Statement[1]`, `resource.grants[0]`; or what was
   * not read and may flip: `scps`. */
  readonly because: readonly string[]
  /** One context in which it happens: context key (lower-case) → its values, `null` where it must be absent. */
  readonly witness?: Readonly<Record<string, string | readonly string[] | null>>
  /** The same in words: “aws:SourceIp is outside 10.0.0.0/8 (such as 203.0.113.7)”. */
  readonly when?: string
  /** The search ended before it was sure; what is listed as `may-…` need not happen. */
  readonly undecided?: true
  /** Why it is unknown or undecided. */
  readonly reason?: string
  /** Whether Secrets Manager refuses the untag because its caller would lose the secret. Only for that action. */
  readonly awsBlocksUntag?: boolean | 'unknown'
}
