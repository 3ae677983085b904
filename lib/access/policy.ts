/** A policy as parsed: forms made uniform, texts untouched. Which elements it may have depends on its kind. */
export interface Policy {
  /** Variables are read in the newer version only; a policy without Version is of the older one. */
  readonly version: '2008-10-17' | '2012-10-17'
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  /** Absent in identity policies, boundaries, session policies and SCPs. */
  readonly principal?: PrincipalElement
  readonly action: PatternList
  /** Empty where a key policy leaves it out, which AWS allows: the statement then has no effect. Likewise `action`. */
  readonly resource: PatternList
  readonly conditions: readonly Condition[]
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface PatternList {
  readonly negated: boolean
  readonly patterns: readonly string[]
}

/** `Principal` and `NotPrincipal`; `"*"` is `{ aws: ["*"] }` by meaning and kept so. */
export interface PrincipalElement {
  readonly negated: boolean
  readonly aws: readonly string[]
  readonly service: readonly string[]
  readonly federated: readonly string[]
}

/** One entry of a Condition block: one operator, one context key, its values. */
export interface Condition {
  /** As written, `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string
  /** Lower-case; for tags `aws:resourcetag/` and the lower-case tag key, parted at the first slash. */
  readonly contextKey: string
  readonly values: readonly string[]
}

/** Where a policy stands, which decides what it may hold. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'key' | 'secret'
