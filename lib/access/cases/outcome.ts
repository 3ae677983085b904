import type { WitnessRule } from './witness.ts'

type Decision = 'allow' | 'deny' | 'depends' | 'unknown'
type Effect = 'loss' | 'may-lose' | 'gain' | 'may-gain' | 'unknown'

export interface Expectation {
  /** Absent where the effect alone says it (`unknown` may stand for either side). */
  readonly before?: Decision
  readonly after?: Decision
  readonly effect: readonly Effect[]
  readonly witness?: WitnessRule
}

/** In a closed context four answers are possible, and that AWS gives none. */
export type Outcome = 'allowed' | 'denied' | 'loss' | 'gain' | 'unknown'

export const outcomes: Readonly<Record<Outcome, Expectation>> = {
  allowed: { before: 'allow', after: 'allow', effect: [] },
  denied: { before: 'deny', after: 'deny', effect: [] },
  loss: { before: 'allow', after: 'deny', effect: ['loss'] },
  gain: { before: 'deny', after: 'allow', effect: ['gain'] },
  unknown: { effect: ['unknown'] },
}

/** What is expected over all contexts. `'same'`: nothing that the policies read is free, so as in the closed one. */
export type OpenOutcome = Expectation | 'same'

const expectation = (
  before: Decision,
  after: Decision,
  effect: readonly Effect[],
  witness?: WitnessRule,
): Expectation => ({
  before,
  after,
  effect,
  ...(witness && { witness }),
})

/** Lost wherever it was there: no context is left. */
export const loses = (before: 'allow' | 'depends', witness?: WitnessRule) =>
  expectation(before, 'deny', ['loss'], witness)
/** Lost in some contexts, kept in others. */
export const mayLose = (before: 'allow' | 'depends', witness: WitnessRule) =>
  expectation(before, 'depends', ['may-lose'], witness)
/** Gained wherever it was missing. */
export const gains = (before: 'deny' | 'depends', witness?: WitnessRule) =>
  expectation(before, 'allow', ['gain'], witness)
/** Gained in some contexts, still missing in others. */
export const mayGain = (before: 'deny' | 'depends', witness: WitnessRule) =>
  expectation(before, 'depends', ['may-gain'], witness)
/** Lost in some contexts and gained in others. */
export const swaps = (...effect: Effect[]) => expectation('depends', 'depends', effect)
/** No context in which the removal changes anything. */
export const unaffected = (decision: 'allow' | 'deny' | 'depends') => expectation(decision, decision, [])
export const unknown: Expectation = { effect: ['unknown'] }
