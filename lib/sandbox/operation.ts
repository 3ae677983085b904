import type { ResourceFacts } from './authorization/facts.ts'
import type { Members } from './constraints.ts'
import type { Principal } from './principals.ts'
import type { QuotaName } from './quotas.ts'
import type { Account, Key, Secret } from './state.ts'
import type { Output } from './wire/wire.ts'
import type { World } from './world.ts'

/** The circumstances of one request. */
export interface Call {
  readonly world: World
  readonly account: Account
  readonly region: string
  readonly principal: Principal
  /** The IAM action, `kms:UntagResource`. */
  readonly action: string
  readonly now: Date
  readonly requestId: string
}

/** What an operation is about. `resource` is absent for `*` and for what other accounts do not have. */
export interface Subject<Resource = unknown> {
  readonly arn: string
  readonly resource?: Resource
  /** A key or secret as authorization sees it, its own policy included; everything else has only its ARN. */
  readonly facts?: ResourceFacts
}

/** Condition keys of a request, by name: absent ones are not listed. */
export type RequestContext = Readonly<Record<string, string | string[]>>

/** An operation as the request's way uses it; made by `operation()` from a typed row. */
export interface Operation {
  readonly quota: QuotaName
  readonly members: Members
  readonly isWrite: boolean
  /** A key or secret of another account may be meant, where that account's policy lets the caller. */
  readonly isCrossAccount: boolean
  /** Finds the subject, before authorization. @throws AwsError when there is no such thing here */
  find(call: Call, input: object): Subject
  /** The condition keys that only this operation sets. */
  context(input: object): RequestContext
  run(call: Call, input: object, subject: Subject): Output
}

interface Row<Input, Resource> {
  readonly quota: QuotaName
  readonly members: Members
  readonly isWrite?: true
  readonly isCrossAccount?: true
  readonly find?: (call: Call, input: Input) => Subject<Resource>
  readonly context?: (input: Input) => RequestContext
  readonly run: (call: Call, input: Input, resource: Resource, subject: Subject<Resource>) => Output
}

/**
 * Seals a typed row, so that rows of all inputs stand in one table. The two casts are sound: `members` has been held
 * against the input before, and `run` gets what the same row's `find` found.
 */
export function operation<Input extends object, Resource = undefined>(row: Row<Input, Resource>): Operation {
  return {
    quota: row.quota,
    members: row.members,
    isWrite: row.isWrite ?? false,
    isCrossAccount: row.isCrossAccount ?? false,
    find: (call, input) => row.find?.(call, input as Input) ?? { arn: '*' },
    context: (input) => row.context?.(input as Input) ?? {},
    run: (call, input, subject) =>
      row.run(call, input as Input, subject.resource as Resource, subject as Subject<Resource>),
  }
}

export type KeySubject = Subject<Key>
export type SecretSubject = Subject<Secret>
