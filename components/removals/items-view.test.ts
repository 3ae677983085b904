import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzz, hostileText, SEED } from '#lib/testing.ts'
import { isWholeText } from '#lib/text.ts'
import { formatItemsView, type ItemsView, parseItemsView } from './items-view.ts'

const shows = ['all', 'attention', 'denied'] as const
const fallback = { show: 'all', text: '', page: 1 }

const malformed = [
  ['an unknown word', 'show=nonsense'],
  ['a page that is no number', 'page=one'],
  ['page 0', 'page=0'],
  ['a page beyond all bounds', `page=${'9'.repeat(30)}`],
  ['a text longer than any tag', `text=${'x'.repeat(257)}`],
] as const
test.each(malformed)('%s falls back and is named', (_, search) => {
  const { view, problems } = parseItemsView(new URLSearchParams(search), shows)
  expect(view).toEqual(fallback)
  expect(problems).toHaveLength(1)
  expect(problems[0]?.length).toBeLessThan(140)
})

const views: ItemsView<(typeof shows)[number]>[] = [
  { show: 'all', text: '', page: 1 },
  { show: 'denied', text: 'cost & center=#1 ␠ é', page: 12 },
]
test.each(views)('what is written is read back: $show', (view) => {
  expect(parseItemsView(new URLSearchParams(formatItemsView(view, shows)), shows)).toEqual({ view, problems: [] })
})

test('defaults are left out of the address', () => {
  expect(formatItemsView({ show: 'all', text: '', page: 1 }, shows)).toBe('')
})

test(`no address breaks the list: what is read of it is an address again, the rest is named (seed ${SEED})`, () => {
  const names = fc.constantFrom('show', 'text', 'page', '__proto__')
  fc.assert(
    fc.property(fc.array(fc.tuple(names, hostileText), { maxLength: 4 }), (parameters) => {
      // Set one by one: an address can hold only whole characters, a text that was typed any.
      const { view, problems } = parseItemsView(new URLSearchParams(parameters), shows)
      expect(view.page).toBeGreaterThan(0)
      expect(view.text.length <= 256 && isWholeText(view.text)).toBe(true)
      expect(problems.length).toBeLessThanOrEqual(parameters.length)
      expect(parseItemsView(new URLSearchParams(formatItemsView(view, shows)), shows)).toEqual({ view, problems: [] })
    }),
    fuzz,
  )
})
