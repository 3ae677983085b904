import type { Situation } from '../situation.ts'
import type { Quadrant } from './bounds.ts'
import { classesOfAll } from './classes.ts'
import { type Budget, explore, type Found } from './explore.ts'
import type { SearchLimits } from './limits.ts'
import { atomsOf, type Numbered, numbered } from './numbered.ts'
import { INEXACT, UNDOCUMENTED } from './truths.ts'
import { holdsAt } from './witness.ts'

/**
 * Whether some context is in a quadrant. `sure`: one that was found is; `undecided`: only if what no list of values
 * settles falls so, or the search ended before; `unknown`: only by something that AWS does not document.
 */
export interface Reach {
  readonly kind: 'never' | 'sure' | 'undecided' | 'unknown'
  readonly found?: Found
}

/** A quadrant that no context is in. */
export const NEVER: Reach = { kind: 'never' }

/** Looks for the quadrants of one situation, within one budget. */
export class Explorer {
  readonly numbered: Numbered
  readonly #situation: Situation
  readonly #limits: SearchLimits
  readonly #budget: Budget
  readonly #openTruths: ReadonlySet<number>

  constructor(situation: Situation, limits: SearchLimits) {
    const atoms = atomsOf(situation)
    this.numbered = numbered(situation, atoms, classesOfAll(atoms, situation.facts, limits, 'complete'))
    this.#situation = situation
    this.#limits = limits
    this.#budget = { nodes: limits.nodesMax }
    this.#openTruths = openTruths(this.numbered)
  }

  /** Whether the budget ran out. */
  get isSpent(): boolean {
    return this.#budget.nodes <= 0
  }

  /** Which of the quadrants contexts are in. All of them must be flips, or none. */
  reach(wanted: readonly Quadrant[]): Map<Quadrant, Reach> {
    const reached = new Map<Quadrant, Reach>()
    const missing = () => wanted.filter((quadrant) => !reached.has(quadrant))
    const note = (kind: 'sure' | 'undecided' | 'unknown', found: ReadonlyMap<Quadrant, Found>) => {
      for (const [quadrant, each] of found) reached.set(quadrant, { kind, found: each })
    }
    note('sure', explore(this.numbered, wanted, 'none', this.#budget))
    if (this.#openTruths.has(INEXACT)) {
      note('sure', this.#sampled(missing()))
      note('undecided', explore(this.numbered, missing(), 'inexact', this.#budget))
    }
    if (this.#openTruths.has(UNDOCUMENTED)) note('unknown', explore(this.numbered, missing(), 'all', this.#budget))
    for (const quadrant of missing()) reached.set(quadrant, this.isSpent ? { kind: 'undecided' } : NEVER)
    return reached
  }

  /** Tries concrete values where no list of values is complete: what they reach is reached. */
  #sampled(wanted: readonly Quadrant[]): Map<Quadrant, Found> {
    if (wanted.length === 0) return new Map()
    const { atoms } = this.numbered
    const { facts } = this.#situation
    const sampled = numbered(this.#situation, atoms, classesOfAll(atoms, facts, this.#limits, 'sampled'))
    const found = explore(sampled, wanted, 'none', this.#budget)
    const whole = [...found].map(([quadrant, each]) => [quadrant, completed(sampled, each)] as const)
    return new Map(whole.filter(([quadrant, each]) => holdsAt(this.numbered, quadrant, each)))
  }
}

function openTruths({ initial, groups }: Numbered): Set<number> {
  return new Set([...initial, ...groups.flatMap(({ classes }) => classes.flatMap(({ codes }) => [...codes]))])
}

/** With a class for every group: sampled classes do not say what holds without. */
function completed({ groups }: Numbered, found: Found): Found {
  const choices = new Map(found.choices)
  for (const group of groups) {
    const [first] = group.classes
    if (first && !choices.has(group)) choices.set(group, first)
  }
  return { ...found, choices }
}
