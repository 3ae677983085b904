import { Bounds, decided, isPossible, isSettledAlike, type Quadrant } from './bounds.ts'
import type { Group, Numbered } from './numbered.ts'
import type { Class } from './representatives.ts'
import { FALSE, INEXACT, TRUE, UNDOCUMENTED, UNSET } from './truths.ts'

/** Which open truths may be chosen freely: none, those that no list of values settles, undocumented ones as well. */
type Freedom = 'none' | 'inexact' | 'all'

/** Choices that lead into a quadrant whatever becomes of the rest. */
export interface Found {
  readonly choices: ReadonlyMap<Group, Class>
  /** Open truths that were chosen freely. */
  readonly assumed: readonly number[]
  readonly truths: Uint8Array
}

/** Nodes that are left; shared by all searches of a situation. */
export interface Budget {
  nodes: number
}

/**
 * Looks for contexts in the wanted quadrants, depth first, until each has one or none is left to find; what is missing
 * from the answer is impossible unless the budget is spent. `isFlip`: a change is wanted, so that a branch ends where all
 * changed statements are settled alike on both sides.
 */
export function explore(
  numbered: Numbered,
  wanted: readonly Quadrant[],
  freedom: Freedom,
  budget: Budget,
): Map<Quadrant, Found> {
  const bounds = new Bounds(numbered)
  const truths = numbered.initial.slice()
  const choices = new Map<Group, Class>()
  const assumed: number[] = []
  const found = new Map<Quadrant, Found>()
  const missing = new Set(wanted)
  const isFlip = wanted.every((quadrant) => quadrant === 'loss' || quadrant === 'gain')

  const snapshot = (): Found => ({ choices: new Map(choices), assumed: [...assumed], truths: truths.slice() })

  const visit = () => {
    if (budget.nodes <= 0) return
    budget.nodes -= 1
    const answers = bounds.of(truths)
    const quadrant = decided(answers)
    if (quadrant) {
      if (missing.delete(quadrant)) found.set(quadrant, snapshot())
      return
    }
    if (![...missing].some((each) => isPossible(each, answers))) return
    if (isFlip && numbered.statements.every((statement) => isSettledAlike(statement, truths))) return
    const atom = branchingAtom(numbered, truths, freedom)
    if (atom === undefined) return
    const group = truths[atom] === UNSET ? numbered.groupOf[atom] : undefined
    if (group) choose(group)
    else assume(atom)
  }

  const choose = (group: Group) => {
    const saved = group.atoms.map((atom) => truths[atom] ?? UNSET)
    for (const each of group.classes) {
      group.atoms.forEach((atom, i) => {
        // Another truth is that of every class of the group, or was assumed.
        if (saved[i] === UNSET) truths[atom] = each.codes[i] ?? UNSET
      })
      choices.set(group, each)
      visit()
      if (missing.size === 0 || budget.nodes <= 0) break
    }
    choices.delete(group)
    group.atoms.forEach((atom, i) => {
      truths[atom] = saved[i] ?? UNSET
    })
  }

  const assume = (atom: number) => {
    const saved = truths[atom] ?? UNSET
    assumed.push(atom)
    for (const truth of [TRUE, FALSE]) {
      truths[atom] = truth
      visit()
    }
    assumed.pop()
    truths[atom] = saved
  }

  visit()
  return found
}

/** The open atom to settle next: of a changed statement first, and of the one with the fewest open atoms. */
function branchingAtom({ statements }: Numbered, truths: Uint8Array, freedom: Freedom): number | undefined {
  let best: number | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const { before, after, isChanged } of statements) {
    for (const atoms of isChanged ? [before, after] : [before]) {
      const open = atoms?.some((atom) => truths[atom] === FALSE) ? [] : (atoms ?? []).filter((a) => truths[a] !== TRUE)
      const free = open.find((atom) => isFree(truths[atom], freedom))
      const cost = open.length + (isChanged ? 0 : 1_000)
      if (free === undefined || cost >= fewest) continue
      best = free
      fewest = cost
    }
  }
  return best
}

function isFree(truth: number | undefined, freedom: Freedom): boolean {
  if (truth === UNSET) return true
  return (truth === INEXACT && freedom !== 'none') || (truth === UNDOCUMENTED && freedom === 'all')
}
