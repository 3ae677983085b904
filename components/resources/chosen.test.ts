import { expect, test } from 'vitest'
import { noFilter } from '#lib/filter.ts'
import { SELECTED_ARNS_MAX } from '#lib/selection.ts'
import {
  allThatMatch,
  choiceProblem,
  chooseOnPage,
  countChosen,
  isChosen,
  nothingChosen,
  selectionOf,
  underFilter,
} from './chosen.ts'

test('ticks survive paging', () => {
  const first = chooseOnPage(nothingChosen, ['a', 'b'], ['a'])
  const second = chooseOnPage(first, ['c', 'd'], ['c', 'd'])
  expect(selectionOf(second)).toEqual({ by: 'arns', arns: ['a', 'c', 'd'] })
  expect(selectionOf(chooseOnPage(second, ['a', 'b'], []))).toEqual({ by: 'arns', arns: ['c', 'd'] })
})

test('of all that match, those are left out whose tick was taken away, on every page', () => {
  const first = chooseOnPage(allThatMatch(noFilter), ['a', 'b'], ['a'])
  const second = chooseOnPage(first, ['c', 'd'], ['d'])
  expect(selectionOf(second)).toEqual({ by: 'filter', filter: noFilter, except: ['b', 'c'] })
  expect(isChosen(second, 'b')).toBe(false)
  expect(isChosen(second, 'z')).toBe(true)
  expect(countChosen(second, 10)).toBe(8)
})

test('a tick that comes back is no exception any more', () => {
  const without = chooseOnPage(allThatMatch(noFilter), ['a', 'b'], ['a'])
  expect(countChosen(chooseOnPage(without, ['a', 'b'], ['a', 'b']), 10)).toBe(10)
})

test('all that match end with their filter, ticks do not', () => {
  const other = { operation: 'and', tokens: [{ property: 'type', operator: '=', value: 'key' }] } as const
  const ticked = chooseOnPage(nothingChosen, ['a'], ['a'])
  expect(underFilter(ticked, { ...other, tokens: [...other.tokens] })).toBe(ticked)
  expect(underFilter(allThatMatch(noFilter), { operation: 'and', tokens: [] })).not.toBe(nothingChosen)
  expect(underFilter(allThatMatch(noFilter), { ...other, tokens: [...other.tokens] })).toBe(nothingChosen)
})

test('what cannot be removed from says why', () => {
  const tooMany = {
    by: 'arns',
    arns: new Set(Array.from({ length: SELECTED_ARNS_MAX + 1 }, (_, index) => `${index}`)),
  } as const
  expect(choiceProblem(nothingChosen, 0)).toMatch('Choose resources first')
  expect(choiceProblem(tooMany, tooMany.arns.size)).toMatch('one by one')
  expect(choiceProblem(chooseOnPage(nothingChosen, ['a'], ['a']), 1)).toBeUndefined()
})
