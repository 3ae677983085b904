import type { Effect } from '../impact-facts.ts'
import { type ActionClass, actionClasses } from '../impact-review.ts'
import type { Use } from '../use-evidence.ts'

/** What decides how far up somebody stands. */
interface Ordered {
  readonly name: string
  readonly isOperator: boolean
  /** Of anything, ISO 8601, UTC. */
  readonly lastUsedAt: string | null
  /** Of something that the plan changes. */
  readonly lastUse: Pick<Use, 'at'> | null
  /** Smaller is worse: {@link rankOf}. */
  readonly rank: number
}

const effectsByWeight: readonly Effect[] = ['loss', 'gain', 'may-lose', 'may-gain', 'unknown']

/** How much a change weighs, 0 most: data before management before looking, what is sure before what may be. */
export function rankOf(actionClass: ActionClass, effect: Effect): number {
  return actionClasses.indexOf(actionClass) * effectsByWeight.length + effectsByWeight.indexOf(effect)
}

/**
 * The operator first, then who is hit hardest, then who most recently used what the plan changes, then who was at work most
 * recently; names break ties.
 */
export function byWeight(one: Ordered, other: Ordered): number {
  return (
    Number(other.isOperator) - Number(one.isOperator) ||
    one.rank - other.rank ||
    (other.lastUse?.at ?? '').localeCompare(one.lastUse?.at ?? '') ||
    (other.lastUsedAt ?? '').localeCompare(one.lastUsedAt ?? '') ||
    one.name.localeCompare(other.name)
  )
}
