import type { Problem } from './errors.ts'

/** A call that AWS recorded. */
export interface Use {
  /** `kms:Decrypt`. */
  action: string
  /** ISO 8601, UTC. */
  at: string
}

type Told<Value> = { readonly value: Value } | { readonly problem: Problem }

/** What tells that a key or secret is in use, and by whom, as it is kept. */
export interface StoredEvidence {
  /** By KMS's own count, of anybody; null for a secret, and for a key that was not asked about. */
  readonly keyUsage: Told<{
    readonly last: Readonly<Use> | null
    /** ISO 8601, UTC: nothing is known of before. */
    readonly trackedSince: string | null
    /** Not used since it was created. */
    readonly isUnused: boolean
  }> | null
  /** From CloudTrail: the newest use of each principal and action, newest first. */
  readonly history: {
    readonly uses: readonly (Readonly<Use> & { readonly principalArn: string })[]
    /** ISO 8601, UTC: uses since then are all known; null: nothing was looked up. */
    readonly since: string | null
    readonly problem: Problem | null
  }
}

/** How far the last uses that somebody asked for are looked up. */
export interface UseLookUp {
  state: 'waiting' | 'running' | 'done' | 'failed'
  /** Calls made so far, to KMS and to CloudTrail. */
  calls: number
  /** Keys and secrets that this look-up is about. */
  resources: number
  /** Those of which more could be told by looking up again. */
  unfinished: number
  /** Why CloudTrail, or KMS, did not tell; or why it failed. */
  problems: Problem[]
}
