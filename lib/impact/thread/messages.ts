import type { AccountPrincipal, AccountResource } from '../../access/account.ts'
import type { Identity } from '../../aws/identity.ts'
import type { Disagreement } from '../../calibration.ts'
import type { Problem } from '../../errors.ts'
import type { Decision, Effect, ImpactPicture, StoredGrant, StoredPrincipal } from '../../impact-facts.ts'
import type { ItemImpact } from '../../item-impact.ts'
import type { ControlKind, ImportedPolicies } from '../../principals/control-layers.ts'
import type { PolicyText } from '../../principals/parse-resource.ts'
import type { Simulations } from '../../principals/read-simulations.ts'
import type { ProtectedPattern } from '../../protected-tags.ts'
import type { Tag } from '../../tag.ts'
import type { KnownResource } from '../case-resource.ts'

export type Direction = 'remove' | 'putBack'

/** What an analysis begins with. Texts cross to the thread unparsed, so that nothing large is parsed in front of it. */
export interface AnalysisInput {
  readonly direction: Direction
  readonly operator: Pick<Identity, 'kind' | 'name' | 'arn' | 'session'>
  /** An AccountReading as JSON. */
  readonly reading: string
  /** ISO 8601, UTC. */
  readonly readAt: string
  /** What kept IAM from an answer, so that an earlier reading stands in. */
  readonly readingProblem: Problem | null
  readonly imports: ReadonlyMap<ControlKind, ImportedPolicies>
  /** Tag keys that the operators of the account want to keep. */
  readonly protectedPatterns: readonly ProtectedPattern[]
  /** What AWS answered otherwise than was computed for the operator. */
  readonly doubts: readonly Doubt[]
}

/** An action on one type of resource of which the policies that were read do not tell. */
export type Doubt = Pick<Disagreement, 'type' | 'name' | 'action'>

/** A resource of the plan. Its place among all that are sent is its ordinal. */
export interface ResourceInput extends Omit<KnownResource, 'policy' | 'grants'> {
  readonly policy: PolicyText
  /** The tags that go, or come. */
  readonly changed: readonly Tag[]
}

/** What the thread tells, one after the other, each only when it is asked for the next. */
export type Told =
  /** First without what the resources tell, so that it is shown early; then whole. */
  | { readonly is: 'picture'; readonly picture: ImpactPicture }
  | { readonly is: 'resourcesWanted' }
  | { readonly is: 'progress'; readonly done: number; readonly total: number }
  /** Of these keys the grants may matter. */
  | { readonly is: 'grantsWanted'; readonly ordinals: readonly number[] }
  /** The operator's own policies may not be read: AWS's simulator is to be asked about it on these resources. */
  | {
      readonly is: 'simulationsWanted'
      readonly operator: AccountPrincipal
      readonly resources: readonly AccountResource[]
    }
  | { readonly is: 'items'; readonly rows: readonly ItemRow[] }
  | { readonly is: 'principals'; readonly rows: readonly PrincipalRow[] }
  | { readonly is: 'changes'; readonly rows: readonly ChangeRow[] }
  | { readonly is: 'end'; readonly digest: string }

/** What it is told when it is asked for the next: more resources (none: that were all), or what else it wanted. */
export interface Answer {
  readonly resources?: readonly ResourceInput[]
  /** Why the aliases of some keys are not known. */
  readonly aliasProblem?: Problem | null
  readonly grants?: ReadonlyMap<number, Grants>
  readonly simulations?: Simulations
}

export type Grants = readonly (StoredGrant | 'unread')[]

export interface ItemRow {
  readonly ordinal: number
  readonly impact: ItemImpact
}

export interface PrincipalRow {
  readonly ordinal: number
  readonly arn: string
  readonly name: string
  readonly kind: 'root' | 'user' | 'role'
  readonly isOperator: boolean
  readonly lastUsedAt: string | null
  readonly principal: StoredPrincipal
}

export interface ChangeRow {
  /** Its ordinal. */
  readonly principal: number
  readonly before: Decision
  readonly after: Decision
  readonly effect: readonly Effect[]
  readonly actions: readonly string[]
  readonly undecided: boolean
  readonly reason: string | null
  readonly members: Uint8Array
}
