import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzz, hostileText, SEED } from '#lib/testing.ts'
import { type AffectedFilter, parseAffectedFilter, withAffectedFilter } from './affected-filter.ts'

const all: AffectedFilter = { show: 'all', text: '', unusedDays: null, page: 1 }

const cases: { rule: string; filter: AffectedFilter; address: string }[] = [
  { rule: 'defaults leave no trace', filter: all, address: '' },
  { rule: 'an effect', filter: { ...all, show: 'gain' }, address: '?who-show=gain' },
  { rule: 'a text as it was typed', filter: { ...all, text: 'a&b +' }, address: '?who-text=a%26b+%2B' },
  { rule: 'the unused left out', filter: { ...all, unusedDays: 90 }, address: '?who-unused=hidden' },
  { rule: 'a page', filter: { ...all, page: 3 }, address: '?who-page=3' },
]

test.each(cases)('$rule', ({ filter, address }) => {
  expect(withAffectedFilter(new URLSearchParams(), filter)).toBe(address)
  expect(parseAffectedFilter(new URLSearchParams(address))).toEqual(filter)
})

test('what other lists keep in the address stays', () => {
  const search = new URLSearchParams('verdict=you&page=2&who-page=4')
  expect(withAffectedFilter(search, all)).toBe('?verdict=you&page=2')
})

test('what cannot be read falls back', () => {
  expect(parseAffectedFilter(new URLSearchParams('who-show=x&who-page=0&who-unused=1'))).toEqual(all)
})

test(`no address breaks the matrix, and what is read of it is an address again (seed ${SEED})`, () => {
  const names = fc.constantFrom('who-show', 'who-text', 'who-unused', 'who-page', 'page', '__proto__')
  fc.assert(
    fc.property(fc.array(fc.tuple(names, hostileText), { maxLength: 4 }), (parameters) => {
      const filter = parseAffectedFilter(new URLSearchParams(parameters))
      expect(filter.page).toBeGreaterThan(0)
      expect(filter.text.length).toBeLessThanOrEqual(256)
      expect(parseAffectedFilter(new URLSearchParams(withAffectedFilter(new URLSearchParams(), filter)))).toEqual(
        filter,
      )
    }),
    fuzz,
  )
})
