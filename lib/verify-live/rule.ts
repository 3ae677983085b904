import type { Arn } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import type { Identity } from '../aws/identity.ts'

/** What the account said to one rule. `failed`: AWS gave no answer that tells, such as a throttle or a broken line. */
export interface Verdict {
  readonly state: 'held' | 'didNotHold' | 'notTested' | 'failed'
  /** What was seen, or why nothing could be: for people. */
  readonly saw: string
}

/** How long a change may take to show, in seconds, and how often one looks. */
export interface Patience {
  readonly maxSeconds: number
  readonly everySeconds: number
}

/** Where rules are tried, and as whom. */
export interface Place {
  readonly aws: Aws
  readonly identity: Identity
  readonly region: string
  readonly patience: Patience
  /** A role that the caller may assume, for what needs access that hangs on a tag; null when none was named. */
  readonly roleArn: string | null
  /** Aborts when the person wants to stop. */
  readonly signal: AbortSignal
}

/** A rule of AWS that the product stands on, and how to try it on a throwaway key or secret. */
export interface Rule {
  readonly on: 'key' | 'secret'
  /** As AWS documents it. */
  readonly rule: string
  readonly source: string
  /** The rules of resources that wait for their deletion come last. */
  readonly when: 'inUse' | 'pendingDeletion'
  attempt(place: Place, arn: Arn): Promise<Verdict>
}

/** The rule held; `saw` tells by what. */
export const held = (saw: string): Verdict => ({ state: 'held', saw })
/** AWS did something else. */
export const didNotHold = (saw: string): Verdict => ({ state: 'didNotHold', saw })
/** It could not be arranged here. */
export const notTested = (saw: string): Verdict => ({ state: 'notTested', saw })
