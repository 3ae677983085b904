import { expect, test } from 'vitest'
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
