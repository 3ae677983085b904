/** A policy as it was parsed; whoever stored it has checked that it is well-formed. */
export interface Document {
  readonly Version?: string
  readonly Statement: Statement | readonly Statement[]
}

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: PrincipalElement
  readonly NotPrincipal?: PrincipalElement
  readonly Action?: OneOrMany<string>
  readonly NotAction?: OneOrMany<string>
  readonly Resource?: OneOrMany<string>
  readonly NotResource?: OneOrMany<string>
  /** Operator → condition key → values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>>
}

export type PrincipalElement = '*' | Readonly<Record<string, OneOrMany<string>>>
export type OneOrMany<T> = T | readonly T[]

/** A grant as ListGrants tells of it, the constraints' names in lower camel case. */
export interface Grant {
  readonly granteePrincipal: string
  readonly retiringPrincipal?: string
  readonly operations: readonly string[]
  readonly constraints?: {
    readonly encryptionContextEquals?: Readonly<Record<string, string>>
    readonly encryptionContextSubset?: Readonly<Record<string, string>>
    readonly sourceArn?: string
  }
}

/** What DescribeKey tells of a key and a condition may read. */
export interface KmsFacts {
  readonly KeySpec?: string
  readonly KeyUsage?: string
  readonly Origin?: string
  readonly MultiRegion?: boolean
  readonly MultiRegionKeyType?: string
}

/** All that a decision about one request may depend on. */
export interface Facts {
  readonly principal: {
    /** A role: some session of it. An assumed-role ARN: exactly that session. A user. `…:root`: the account's root user. */
    readonly arn: string
    /** The role of a session, with its path, which a session's ARN does not carry. */
    readonly roleArn?: string
    /** aws:userid, when known. */
    readonly userId?: string
    /** Of the user or role, when known: `AIDA…`, `AROA…`. */
    readonly uniqueId?: string
    /** The effective aws:PrincipalTag values. */
    readonly tags: Readonly<Record<string, string>>
    readonly identityPolicies: readonly Document[]
    readonly groups?: readonly { readonly name: string; readonly policies: readonly Document[] }[]
    readonly boundary?: Document
    readonly sessionPolicies?: readonly Document[]
  }
  /** Of the principal's account: the documents of every level, root first. Nothing is implicit. */
  readonly scps?: readonly (readonly Document[])[]
  /** Of the resource's account: likewise, but RCPFullAWSAccess is implicit. */
  readonly rcps?: readonly (readonly Document[])[]
  readonly resource: {
    /** An ARN, or `*` for an action without resources. */
    readonly arn: string
    /** `role`: a role that is assumed, its trust policy in `policy`. `other`: the identity side alone decides. */
    readonly type: 'kms-key' | 'secret' | 'role' | 'other'
    readonly tags: Readonly<Record<string, string>>
    readonly policy?: Document | null
    /** Alias names, `alias/app`. */
    readonly aliases?: readonly string[]
    readonly grants?: readonly Grant[]
    readonly kmsFacts?: KmsFacts
    readonly isAwsManaged?: boolean
    /** The Region of the primary, for secrets that are replicated. */
    readonly primaryRegion?: string
  }
  /** The IAM action, `kms:Decrypt`. */
  readonly action: string
  /** The request's context keys that are not derived from the facts above; what is not listed is absent. */
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

/** Whose word it was. `resourcePolicy` is the key policy, too, and a trust policy. */
export type Layer =
  | 'rcp'
  | 'scp'
  | 'resourcePolicy'
  | 'grant'
  | 'identityPolicy'
  | 'permissionsBoundary'
  | 'sessionPolicy'
  | 'rootUser'

export interface Judgement {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** The layer that allowed or denied; for an implicit deny the first that had to allow and did not. */
  readonly layer: Layer
  /** Why AWS's documents leave the answer open; the decision then follows one reading of them. */
  readonly undocumented?: string
}

/** The one or the many values of an element as a list; an absent element has none. */
export function listOf<T extends string | number | boolean | Statement>(
  element: OneOrMany<T> | undefined,
): readonly T[] {
  if (element === undefined) return []
  return isList(element) ? element : [element]
}

// Array.isArray does not narrow a readonly array.
function isList<T>(element: OneOrMany<T>): element is readonly T[] {
  return Array.isArray(element)
}
