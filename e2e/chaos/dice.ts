import { seededRandom } from '#lib/sandbox/random.ts'

/** Everything random about a seed comes from here. */
export interface Dice {
  /** A whole number from min to max, both included. */
  between(min: number, max: number): number
  /** True in this share of throws, 0 to 1. */
  chance(share: number): boolean
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[]
  one<T>(list: readonly T[]): T
}

export function diceOf(seed: number): Dice {
  const random = seededRandom(seed * 7919)
  const between = (min: number, max: number) => min + Math.floor(random() * (max - min + 1))
  const shuffled = <T>(list: readonly T[]) =>
    list
      .map((one) => ({ one, order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ one }) => one)
  return {
    between,
    shuffled,
    chance: (share) => random() < share,
    one: (list) => {
      const [one] = shuffled(list)
      if (one === undefined) throw new Error('there is nothing to choose from')
      return one
    },
  }
}
