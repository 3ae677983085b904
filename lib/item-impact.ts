import type { ProtectedTag } from './protected-tags.ts'

/**
 * What a plan does to access, told of one resource by what matters most; the worst first. `none` promises no more than
 * that nothing changes in the layers that were read.
 */
export const impactVerdicts = ['notPermitted', 'awsRefuses', 'you', 'gain', 'unknown', 'others', 'none'] as const
export type ImpactVerdict = (typeof impactVerdicts)[number]

/** Whether a call would be permitted; `depends`: on circumstances of the request that nobody knows beforehand. */
export type Permitted = 'allow' | 'deny' | 'depends' | 'unknown'

/** How many actions or principals lose or gain; `may…`: in some circumstances only. One may be in several. */
export interface ImpactCounts {
  lose: number
  mayLose: number
  gain: number
  mayGain: number
  unknown: number
}

/** What a plan does to access to one resource. */
export interface ItemImpact {
  verdict: ImpactVerdict
  /** The call of this plan, by the operator, as things are now, with its tag keys. */
  change: Permitted
  /** The call that reverses it, by the operator, once this plan has taken effect. */
  reverse: Permitted
  /** Secrets Manager refuses to let its caller lock itself out; KMS refuses nothing. */
  awsRefuses: boolean | 'unknown'
  /** Actions of the operator. */
  own: ImpactCounts
  /** Principals other than the operator. */
  others: ImpactCounts
  /** Why anything about it is unknown, each reason once. */
  unknownBecause: string[]
  /** What speaks against removing its tags, whatever it does to access. */
  protectedTags: ProtectedTag[]
}

/** Acknowledgements that a start asks for, in the order in which the review asks. */
export const acknowledgementKinds = [
  'ownLoss',
  'irreversible',
  'gain',
  'othersLose',
  'protected',
  'unknown',
  'notRead',
] as const
export type AcknowledgementKind = (typeof acknowledgementKinds)[number]

/** Of these the name of a resource is typed; the others are a box to tick. */
export const typedAcknowledgements: readonly AcknowledgementKind[] = ['ownLoss', 'irreversible', 'gain']

/** One thing that the operator must take note of before the start. */
export interface RequiredAcknowledgement {
  kind: AcknowledgementKind
  /** Resources that it is about; of `notRead` 0, for it is about the whole plan. */
  resources: number
  /** What to type: the name of the first of these resources. Null: a box to tick. */
  typed: string | null
}

/** What the operator took note of; kept with the removal. */
export interface Acknowledgement {
  kind: AcknowledgementKind
  /** What was typed; null for a ticked box. */
  typed: string | null
}
