import { expect, test } from 'vitest'
import { reachableSets } from './element-sets.ts'

const whole = (set: readonly string[]) => set.toSorted().join()

test('all sets of three elements that are told apart are seven', () => {
  const sets = reachableSets(['a', 'b', 'c'], whole, 7) ?? []
  expect(sets.map(whole)).toEqual(['a', 'b', 'c', 'a,b', 'a,c', 'b,c', 'a,b,c'])
})

test('more sets than allowed are not listed', () => {
  expect(reachableSets(['a', 'b', 'c'], whole, 6)).toBeUndefined()
})

test('nor are few sets that take too long to find', () => {
  const elements = Array.from({ length: 40 }, (_, i) => `${i}`)
  const onlyOne = (set: readonly string[]) => (set.length === 1 ? whole(set) : 'several')
  expect(reachableSets(elements, onlyOne, 1_024)).toHaveLength(41)
  expect(reachableSets(elements, onlyOne, 41)).toBeUndefined()
  expect(reachableSets(elements.slice(0, 16), onlyOne, 17)).toHaveLength(17)
})
