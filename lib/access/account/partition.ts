import type { Ask, Bound } from './bind.ts'
import type { Facet } from './facets.ts'

/** Outcomes and other numbers that part resources stay below it, so that two of them and a class fit into a number. */
const NUMBER_MAX = 2 ** 17

/** All asks of one facet. */
export interface FacetAsks {
  readonly facet: Facet
  /** Gives each number of the facet a number that is equal where all asks have equal outcomes. */
  readonly outcomes: (number: number) => number
}

/** The asks of statements by what they read of the resource. */
export function asksByFacet(bounds: readonly Bound[]): FacetAsks[] {
  const byFacet = Map.groupBy(new Set(bounds.flatMap(({ asks }) => asks)), (ask) => ask.facet)
  return [...byFacet].map(([facet, asks]) => ({ facet, outcomes: outcomesOf(asks) }))
}

/** Whether the removal changes an outcome for a resource. */
export function isChanged({ facet: { before, after }, outcomes }: FacetAsks, index: number): boolean {
  return outcomes(before[index] ?? 0) !== outcomes(after[index] ?? 0)
}

/** Parts resources, which are told by their index, into classes that nothing asked so far tells apart. */
export class Partition {
  readonly #members: readonly number[]
  readonly #classOf: Float64Array
  #count = 1

  constructor(members: readonly number[]) {
    this.#members = members
    this.#classOf = new Float64Array(members.length)
  }

  /** Tells apart what has other outcomes, before or after the removal. */
  splitByAsks(asked: readonly FacetAsks[]): this {
    for (const { facet, outcomes } of asked) {
      const { before, after } = facet
      this.splitBy((index) => outcomes(before[index] ?? 0) * NUMBER_MAX + outcomes(after[index] ?? 0))
    }
    return this
  }

  /** Tells apart what has other numbers. */
  splitBy(numberOf: (index: number) => number): this {
    const classes = new Map<number, number>()
    this.#members.forEach((index, position) => {
      const split = (this.#classOf[position] ?? 0) * NUMBER_MAX ** 2 + numberOf(index)
      let number = classes.get(split)
      if (number === undefined) {
        number = classes.size
        classes.set(split, number)
      }
      this.#classOf[position] = number
    })
    this.#count = classes.size
    return this
  }

  /** The class of each member, in their order. */
  get numbers(): Float64Array {
    return this.#classOf
  }

  /** The members of each class. */
  classes(): number[][] {
    const classes: number[][] = Array.from({ length: this.#count }, () => [])
    for (const [position, index] of this.#members.entries()) classes[this.#classOf[position] ?? 0]?.push(index)
    return classes
  }
}

function outcomesOf(asks: readonly Ask[]): (number: number) => number {
  const [only, ...others] = asks
  if (only !== undefined && others.length === 0) return only.outcomeOf
  const remembered: number[] = []
  const classes = new Map<string, number>()
  return (number) => {
    const known = remembered[number]
    if (known !== undefined) return known
    let outcomes = ''
    for (const ask of asks) outcomes += `${ask.outcomeOf(number)} `
    const ofClass = classes.get(outcomes) ?? classes.size
    classes.set(outcomes, ofClass)
    remembered[number] = ofClass
    return ofClass
  }
}
