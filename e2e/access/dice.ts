import type { Random } from 'fast-check'

/** Choices for generators, all of them drawn from fast-check's own source, so that its seed repeats them. */
export interface Dice {
  /** True in this share of throws, 0 to 1. */
  chance(share: number): boolean
  /** One of the list, each as likely as the next; what stands twice is twice as likely. */
  one<T>(list: readonly [T, ...T[]]): T
  one<T>(list: readonly T[]): T | undefined
  /** One key of the table, as likely as its weight says. */
  weighted<K extends string>(weights: Record<K, number>): K
  /** Between min and max of the list, none twice. */
  some<T>(list: readonly T[], min: number, max: number): T[]
}

export function diceOf(random: Random): Dice {
  const upTo = (max: number) => random.nextInt(0, max)
  function one<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[upTo(list.length - 1)]
  }
  return {
    chance: (share) => random.nextDouble() < share,
    one: one as Dice['one'],
    weighted<K extends string>(weights: Record<K, number>): K {
      const entries = Object.entries(weights) as [K, number][]
      let left = random.nextDouble() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) {
        left -= weight
        if (left < 0) return name
      }
      return (entries.at(-1) as [K, number])[0]
    },
    some(list, min, max) {
      const left = [...list]
      const taken = Math.min(list.length, min + upTo(max - min))
      return Array.from({ length: taken }, () => left.splice(upTo(left.length - 1), 1)).flat()
    },
  }
}
