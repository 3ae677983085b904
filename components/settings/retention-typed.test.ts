import { expect, test } from 'vitest'
import { typedDays, typedOf } from './retention-typed.ts'

test.each([
  ['90', 90],
  [' 1 ', 1],
  ['3650', 3650],
  ['3651', undefined],
  ['0', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['', undefined],
])('`%s` is %s days', (days, expected) => {
  expect(typedDays({ keep: 'days', days })).toBe(expected)
})

test.each([1, 90, 3650, null])('what is set stands in the form: %s', (days) => {
  expect(typedDays(typedOf(days))).toBe(days)
})
