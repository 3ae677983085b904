import type { AccountPrincipal } from '../access/account.ts'
import type { Problem as PolicyProblem } from '../access/problem.ts'
import type { Problem } from '../errors.ts'
import type { RoleKind } from './role-kind.ts'

/** A policy of a principal, by its place in the engine's principal: the beginning of what an answer's `because` says. */
export interface PlacedDocument {
  /** `identityPolicies[0]`, `groups[1].policies[0]`, `boundary` */
  readonly pointer: string
  readonly name: string
  /** Of a managed policy. */
  readonly arn: string | null
  /** As AWS gave it; null when it could not be read. */
  readonly text: string | null
  /** Why it could not be read. */
  readonly problem: Problem | null
  /** What of it could not be parsed; the engine then takes it for unread. */
  readonly policyProblems: readonly PolicyProblem[]
}

/** Somebody of the account: for people, and as the engine takes it. */
export interface KnownPrincipal {
  readonly name: string
  readonly kind: 'root' | 'user' | 'role'
  /** Of a role. */
  readonly role: RoleKind | null
  /** ISO 8601, UTC; of a role. Null: not in the last 400 days, or not known. */
  readonly lastUsedAt: string | null
  readonly access: AccountPrincipal
  readonly documents: readonly PlacedDocument[]
}
