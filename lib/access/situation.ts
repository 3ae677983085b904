import type { CaseDecision, CaseEffect } from './case.ts'
import type { Operator } from './operators.ts'
import type { Pattern } from './pattern.ts'

/** One requirement on request context that is not known. Equal `text`, equal atom. */
export interface Atom {
  readonly text: string
  /** Whose value is tested: a free context key (lower-case), or a known value (undefined: the key is missing). */
  readonly subject: { readonly free: string } | { readonly known: readonly string[] | undefined }
  readonly operator: Operator
  /** What is known is text by now: a token of kind `variable` is a free context key. */
  readonly patterns: readonly Pattern[]
  /** Why the truth cannot be known even when the context is. `perSide`: the removed tag may change it. */
  readonly opaque?: { readonly reason: string; readonly perSide: boolean }
}

/**
 * What an Allow stands for. `delegation`: the resource's policy lets the account's identity policies count;
 * `direct`: it grants the principal, within boundary and session policy; `uncapped`: it grants whatever these say.
 */
export type Slot = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'delegation' | 'direct' | 'uncapped'

/** A statement or grant that may count for this principal, action and resource. */
export interface LiveStatement {
  readonly slot: Slot
  /** Of an SCP or RCP, root first; else 0. */
  readonly level: number
  readonly effect: 'Allow' | 'Deny'
  /** Its place in the case: `identityPolicies[0].Statement[1]`, `resource.grants[0]`. */
  readonly pointer: string
  /** `null`: cannot match; else all of its atoms must hold (`[]`: it matches). */
  readonly before: readonly Atom[] | null
  readonly after: readonly Atom[] | null
}

/** Which side must allow. IAM User Guide, "Policy evaluation logic"; KMS Developer Guide, "Default key policy". */
export type Sides =
  /** KMS, same account: the key policy, or identity policies where the key policy says that they count. */
  | 'key'
  /** Secrets Manager, same account: either. */
  | 'secret'
  /** Both services: identity policies where the resource policy or a grant allows as well; or a grant that needs no other. */
  | 'crossAccount'
  /** Actions that have no resource: the identity side alone. */
  | 'identityOnly'

/** The layers that stand between a principal and a resource. */
export interface Shape {
  readonly sides: Sides
  readonly hasBoundary: boolean
  /** It was not read, and may not even exist. */
  readonly isBoundaryUnread?: true
  readonly hasSessionPolicy: boolean
  /** The account's root user needs no identity policy. */
  readonly isRootUser: boolean
  /** Each level must allow. 0: none applies. */
  readonly scpLevels: number
}

/** What the search must know of free context keys. */
export interface KeyFacts {
  readonly type: 'string' | 'arn' | 'bool' | 'numeric' | 'date' | 'ipAddress'
  readonly isMultivalued: boolean
  /** The key is in every request. */
  readonly isAlwaysPresent: boolean
  /** A pattern that every value of the key matches. */
  readonly form?: Pattern
}

export interface SearchFacts {
  readonly keyFacts: (contextKey: string) => KeyFacts
  /** kms:RequestAlias is missing or one of these (`alias/app`). */
  readonly aliases: readonly string[]
}

/** Everything that the decision about one principal, action and resource hangs on, before and after the removal. */
export interface Situation {
  readonly shape: Shape
  readonly statements: readonly LiveStatement[]
  readonly facts: SearchFacts
}

/** What became of a situation over all feasible contexts; see {@link AccessAnswer} for what each word means. */
export interface Verdict {
  readonly before: CaseDecision
  readonly after: CaseDecision
  readonly effect: readonly CaseEffect[]
  readonly witness?: Readonly<Record<string, string | readonly string[] | null>>
  readonly when?: string
  readonly undecided?: true
  readonly reason?: string
  /** Pointers of the statements whose match differs between before and after, in the witness. */
  readonly flipped: readonly string[]
}

/** Matches by place: `tally[0]` holds every Deny, the other places the Allows of a slot. Bits are independent questions. */
export type Tally = number[]

const places = { identity: 1, boundary: 2, session: 3, delegation: 4, direct: 5, uncapped: 6, rcp: 7, scp: 8 }

/** The place of a statement in a tally: one for Denies of any layer, one for the Allows of each slot and SCP level. */
export function placeOf({ effect, slot, level }: Pick<LiveStatement, 'effect' | 'slot' | 'level'>): number {
  if (effect === 'Deny') return 0
  return slot === 'scp' ? places.scp + level : places[slot]
}

/** A tally without matches. */
export function emptyTally({ scpLevels }: Shape): Tally {
  return new Array<number>(places.scp + scpLevels).fill(0)
}

const ALL = -1

/**
 * Decides from matches, 32 questions at once: bit n of the answer is 1 where question n is allowed. Rises with Allow
 * matches and falls with Deny matches. An explicit deny of any layer wins; SCPs must allow at every level; RCPs only
 * deny, on top of an implicit full access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function combine(shape: Shape, tally: Tally): number {
  const at = (place: number) => tally[place] ?? 0
  const cap = (shape.hasBoundary ? at(places.boundary) : ALL) & (shape.hasSessionPolicy ? at(places.session) : ALL)
  const identity = (shape.isRootUser ? ALL : at(places.identity)) & cap
  const delegation = at(places.delegation)
  const granted = (at(places.direct) & cap) | at(places.uncapped)
  let allowed = bySides[shape.sides](identity, delegation, granted) & ~at(0)
  for (let level = 0; level < shape.scpLevels; level++) allowed &= at(places.scp + level)
  return allowed
}

const bySides: Record<Sides, (identity: number, delegation: number, granted: number) => number> = {
  key: (identity, delegation, granted) => (identity & delegation) | granted,
  secret: (identity, _delegation, granted) => identity | granted,
  crossAccount: (identity, delegation, granted) => (identity & delegation) | granted,
  identityOnly: (identity) => identity,
}
