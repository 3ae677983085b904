import { combine, emptyTally, type Tally } from '../situation.ts'
import type { Numbered, NumberedStatement } from './numbered.ts'
import { FALSE, TRUE } from './truths.ts'

/** L, G, K and D: how one context is decided before and after. */
export const quadrants = ['loss', 'gain', 'keptAllow', 'keptDeny'] as const
export type Quadrant = (typeof quadrants)[number]

/** The four questions that are put to the layers at once, as bits. */
const BEFORE_SURELY = 1
const BEFORE_PERHAPS = 2
const AFTER_SURELY = 4
const AFTER_PERHAPS = 8

/** Of each quadrant, the bits that must be set and those that must not, for it to be possible. */
const possible: Record<Quadrant, { set: number; unset: number }> = {
  loss: { set: BEFORE_PERHAPS, unset: AFTER_SURELY },
  gain: { set: AFTER_PERHAPS, unset: BEFORE_SURELY },
  keptAllow: { set: BEFORE_PERHAPS | AFTER_PERHAPS, unset: 0 },
  keptDeny: { set: 0, unset: BEFORE_SURELY | AFTER_SURELY },
}

const NONE = 0
const OPEN = 1
const SURE = 2

/** Bits that a statement adds at its place, by how it matches: before, and after the same by 2 places. */
const ofAllow = [0, BEFORE_PERHAPS, BEFORE_SURELY | BEFORE_PERHAPS]
const ofDeny = [0, BEFORE_SURELY, BEFORE_SURELY | BEFORE_PERHAPS]
const DENY_PLACE = 0

/** Asks which answers are left while some truths are open, with a tally that it uses again and again. */
export class Bounds {
  readonly #numbered: Numbered
  readonly #tally: Tally

  constructor(numbered: Numbered) {
    this.#numbered = numbered
    this.#tally = emptyTally(numbered.shape)
  }

  /** The answers that the truths leave open, as bits for {@link isPossible} and {@link decided}. */
  of(truths: Uint8Array): number {
    this.#tally.fill(0)
    for (const statement of this.#numbered.statements) {
      const bits = statement.place === DENY_PLACE ? ofDeny : ofAllow
      const before = matchOf(statement.before, truths)
      const after = statement.isChanged ? matchOf(statement.after, truths) : before
      this.#tally[statement.place] =
        (this.#tally[statement.place] ?? 0) | (bits[before] ?? 0) | ((bits[after] ?? 0) << 2)
    }
    return combine(this.#numbered.shape, this.#tally) & 15
  }
}

/** Whether the answers that are left include a quadrant. */
export function isPossible(quadrant: Quadrant, bounds: number): boolean {
  const { set, unset } = possible[quadrant]
  return (bounds & set) === set && (bounds & unset) === 0
}

/** The quadrant that is left; undefined while there are several. */
export function decided(bounds: number): Quadrant | undefined {
  return decidedBy[bounds]
}

const decidedBy = Array.from({ length: 16 }, (_, bounds) => {
  const left = quadrants.filter((quadrant) => isPossible(quadrant, bounds))
  return left.length === 1 ? left[0] : undefined
})

/** Whether a statement holds, does not, or may do either. */
export function matchOf(atoms: readonly number[] | null, truths: Uint8Array): number {
  if (atoms === null) return NONE
  let result = SURE
  for (const atom of atoms) {
    const truth = truths[atom]
    if (truth === FALSE) return NONE
    if (truth !== TRUE) result = OPEN
  }
  return result
}

/** Whether a statement matches alike on both sides, whatever becomes of the open truths. */
export function isSettledAlike({ before, after, isChanged }: NumberedStatement, truths: Uint8Array): boolean {
  if (!isChanged) return true
  const matched = matchOf(before, truths)
  return matched !== OPEN && matched === matchOf(after, truths)
}
