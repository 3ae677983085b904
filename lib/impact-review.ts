import type { CalibrationFound } from './calibration.ts'
import type { Problem } from './errors.ts'
import type { Decision, Effect, MissingPart, StoredOutsider } from './impact-facts.ts'
import type { ImpactVerdict, RequiredAcknowledgement } from './item-impact.ts'
import type { ProtectedTag } from './protected-tags.ts'
import type { Use } from './use-evidence.ts'

/** What a plan does to access, as the review shows it. Counts are of what is not dropped or skipped. Instants: ISO 8601, UTC. */
export interface ImpactReview {
  /** Null before the plan is ready. */
  impactId: string | null
  state: 'waiting' | 'reading' | 'analysing' | 'ready' | 'failed'
  /** Calls to AWS while reading, principals while analysing. */
  done: number
  total: number
  problem: Problem | null
  readyAt: string | null
  picture: ImpactPictureShown | null
  /** Resources by verdict. */
  verdicts: Record<ImpactVerdict, number>
  /** Resources by what may be true of them; one may be in several. */
  signs: Record<ImpactSign, number>
  /** Principals other than the operator, each once per column. */
  principals: { losing: number; gaining: number; unknown: number }
  /** What speaks against removing tags of this plan, the most frequent first. */
  protectedTags: CountedProtection[]
  /** The newest time that what was computed for the operator was held against AWS. */
  calibration: CalibrationFound | null
  /** What the start asks for; empty: nothing but the button. */
  required: RequiredAcknowledgement[]
  /** A start that is being checked, could not be checked, or was refused because something had become worse. */
  start:
    | { state: 'checking'; done: number; total: number }
    | { state: 'failed'; problem: Problem }
    | { state: 'refused'; worse: WorseResource[] }
    | null
}

/** What speaks against removing a tag, and on how many resources of the plan. */
export interface CountedProtection extends ProtectedTag {
  resources: number
}

/**
 * What an item's impact shows besides its verdict. `irreversible`: the reverse call would be denied; `mayBe…`: not sure;
 * `protected`: something else than access speaks against it.
 */
export const impactSigns = [
  'notPermitted',
  'mayNotBePermitted',
  'awsRefuses',
  'ownLoss',
  'irreversible',
  'mayBeIrreversible',
  'ownUnknown',
  'gain',
  'othersLose',
  'protected',
  'unknown',
] as const
export type ImpactSign = (typeof impactSigns)[number]

export interface WorseResource {
  arn: string
  name: string
}

export interface ImpactPictureShown {
  principalsReadAt: string
  principals: number
  notRead: MissingPart[]
  outsiders: StoredOutsider[]
}

/** Data of keys and secrets first, then what manages them, then what only looks. */
export const actionClasses = ['data', 'manage', 'read'] as const
export type ActionClass = (typeof actionClasses)[number]

/** A principal with what becomes of its actions. */
export interface AffectedPrincipal {
  /** Its number in the analysis. */
  ordinal: number
  arn: string
  name: string
  kind: 'root' | 'user' | 'role'
  isOperator: boolean
  lastUsedAt: string | null
  /** The last that it was seen to do with what the plan changes; null: nothing was looked up, or nothing found. */
  lastUse: (Use & { arn: string; name: string }) | null
  cells: AffectedCell[]
}

/** One action of a principal that changes on some resources. */
export interface AffectedCell {
  action: string
  class: ActionClass
  /** Resources by effect. */
  effects: Partial<Record<Effect, number>>
}

/** One change, as one asks for it: a principal, an action, a resource. */
export interface ExplainedChange {
  /** “role `x` loses kms:Decrypt on key/… : …” */
  sentence: string
  before: Decision
  after: Decision
  effect: Effect[]
  /** The circumstances in which it happens; null: in all. */
  when: string | null
  reason: string | null
  /** Statements that decide it, each in its whole policy. */
  statements: DecidingStatement[]
  /** AWS services that these statements name in kms:ViaService: what they do for the principal breaks or begins. */
  services: string[]
}

export interface DecidingStatement {
  /** “the key policy”, “policy `OwnResources` of the role”. */
  layer: string
  /** Of a managed policy. */
  policyArn: string | null
  /** The policy as AWS gave it. */
  text: string
  /** Of the statement in the policy. */
  index: number
  sid: string | null
  effect: 'Allow' | 'Deny'
  /** Whether it matches before and after. */
  matches: { before: boolean; after: boolean }
  /** What it asks of the resource and the request: “aws:ResourceTag/owner to equal `billing`”. */
  asks: string[]
}
