import { expect, test } from 'vitest'
import { pointsAround } from './intervals.ts'

test.each([
  ['no boundary', [], undefined, [-1]],
  ['a boundary, both sides of it and what is between two', [6, 5], undefined, [4, 5, 5.5, 6, 7]],
  ['a whole number between two, where there is one', [5.5, 9], undefined, [4.5, 5.5, 6, 9, 10]],
  ['nothing below the least value, which is a boundary', [5, -3], 0, [0, 5, 6]],
  ['the least value once', [0, 5], 0, [0, 1, 5, 6]],
])('%s', (_, boundaries, least, expected) => {
  expect(pointsAround(boundaries, least)).toEqual(expected)
})

test('numbers of any size have others on both sides', () => {
  const [below = 0, boundary = 0, above = 0] = pointsAround([2 ** 80])
  expect([below < boundary, boundary, boundary < above]).toEqual([true, 2 ** 80, true])
})
