import type { Members } from './constraints.ts'
import type { Principal } from './principals.ts'
import type { QuotaName } from './quotas.ts'
import type { Account, Key, Secret, Tags } from './state.ts'
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
}

/** What an operation is about, as authorization sees it. `resource` is absent for `*` and for other accounts' ARNs. */
export interface Subject<Resource = unknown> {
  readonly arn: string
  readonly resource?: Resource
  readonly tags?: Tags
  readonly isAwsManagedKey?: boolean
}

/** An operation as the request's way uses it; made by `operation()` from a typed row. */
export interface Operation {
  readonly quota: QuotaName
  readonly members: Members
  readonly isWrite: boolean
  /** Finds the subject, before authorization. @throws AwsError when there is no such thing here */
  find(call: Call, input: object): Subject
  run(call: Call, input: object, subject: Subject): Output
}

interface Row<Input, Resource> {
  readonly quota: QuotaName
  readonly members: Members
  readonly isWrite?: true
  readonly find?: (call: Call, input: Input) => Subject<Resource>
  readonly run: (call: Call, input: Input, resource: Resource) => Output
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
    find: (call, input) => row.find?.(call, input as Input) ?? { arn: '*' },
    run: (call, input, subject) => row.run(call, input as Input, subject.resource as Resource),
  }
}

export type KeySubject = Subject<Key>
export type SecretSubject = Subject<Secret>
