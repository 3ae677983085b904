import type { CaseDecision, CaseEffect } from './case.ts'

interface Change {
  readonly before: CaseDecision
  readonly after: CaseDecision
  readonly effect: readonly CaseEffect[]
  /** The search ended early. */
  readonly undecided?: true
}

const gains: readonly CaseEffect[] = ['gain', 'may-gain']

/**
 * What putting tags back changes, from what removing the same tags changes: both ask about the same two states in the
 * other order. The certainty of an effect hangs on where it starts from, so it is found anew: what is gained in all of
 * few circumstances is lost in some of many.
 */
export function mirrored<Removal extends Change>(removal: Removal): Removal {
  const { before: after, after: before } = removal
  return { ...removal, before, after, effect: mirroredEffects(removal) }
}

function mirroredEffects({ before, effect, undecided }: Change): CaseEffect[] {
  const isGain = effect.some((each) => gains.includes(each))
  const isLoss = effect.some((each) => each === 'loss' || each === 'may-lose')
  // Where both happen, each is certain where no access stays as it is, and that is the same in either order.
  if (isGain && isLoss) return [...effect]
  const sure = !undecided && (isGain ? before === 'deny' : before === 'allow')
  return effect.map((each) => {
    if (each === 'unknown') return each
    if (gains.includes(each)) return sure ? 'loss' : 'may-lose'
    return sure ? 'gain' : 'may-gain'
  })
}
