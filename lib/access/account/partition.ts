import type { Ask, Bound } from './bind.ts'

/** Outcomes and other numbers that part resources stay below it, so that two of them and a class fit into a number. */
const NUMBER_MAX = 2 ** 17

/** Every ask of the statements, once. */
export function asksOf(bounds: readonly Bound[]): Ask[] {
  return [...new Set(bounds.flatMap(({ asks }) => asks))]
}

/** Whether the removal changes the outcome for a resource. */
export function isChanged({ facet: { before, after }, outcomeOf }: Ask, index: number): boolean {
  return outcomeOf(before[index] ?? 0) !== outcomeOf(after[index] ?? 0)
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
  splitByAsk({ facet: { before, after }, outcomeOf }: Ask): this {
    return this.splitBy((index) => outcomeOf(before[index] ?? 0) * NUMBER_MAX + outcomeOf(after[index] ?? 0))
  }

  /** Tells apart what has other numbers. */
  splitBy(numberOf: (index: number) => number): this {
    const classes = new Map<number, number>()
    for (const [position, index] of this.#members.entries()) {
      const split = (this.#classOf[position] ?? 0) * NUMBER_MAX ** 2 + numberOf(index)
      let number = classes.get(split)
      if (number === undefined) {
        number = classes.size
        classes.set(split, number)
      }
      this.#classOf[position] = number
    }
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
