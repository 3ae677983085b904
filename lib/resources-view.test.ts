import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FilterToken, filterOperators, filterProperties, formatToken, parseToken } from './filter.ts'
import { defaultView, formatResourcesView, pageSizes, parseResourcesView, sortFields } from './resources-view.ts'
import { filterSchema } from './selection.ts'
import { isTagKey } from './tag.ts'
import { fuzz, hostileText, SEED, tampered } from './testing.ts'
import { isWhole } from './text.ts'

const tokens: fc.Arbitrary<FilterToken> = fc
  .record({
    property: fc.constantFrom(...filterProperties),
    tagKey: fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme' }).filter(isTagKey),
    operator: fc.constantFrom(...filterOperators),
    value: fc.string({ maxLength: 300, unit: 'grapheme' }),
  })
  .map(({ tagKey, ...token }) => (token.property === 'tag' ? { ...token, tagKey } : token))
const views = fc.record({
  filter: fc.record({ operation: fc.constantFrom('and', 'or'), tokens: fc.array(tokens, { maxLength: 5 }) }),
  sort: fc.constantFrom(...sortFields),
  descending: fc.boolean(),
  page: fc.integer({ min: 1, max: 999_999 }),
  size: fc.constantFrom(...pageSizes),
})
const read = (query: string) => {
  const search: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) search[name] = [...(search[name] ?? []), value]
  return parseResourcesView(search)
}

test(`every view comes back from its address as it was (seed ${SEED})`, () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(read(formatResourcesView(view))).toEqual({ view, problems: [] })
    }),
    fuzz,
  )
})

/** Addresses that once were ours, and any other. */
const parameter = fc.oneof(
  tampered(fc.constantFrom('tag.cost%3Acenter:42', 'tagKey!=Owner', 'region=eu-central-1')),
  fc.constantFrom('or', '-name', '7', '1000000', '1e3', '0x10'),
  hostileText,
)

test(`no address breaks the page: what is read of it the server accepts, the rest is named (seed ${SEED})`, () => {
  const names = fc.constantFrom('f', 'op', 'sort', 'page', 'size', '__proto__', 'constructor')
  const search = fc.dictionary(names, fc.oneof(parameter, fc.array(parameter, { maxLength: 5 })), { maxKeys: 4 })
  fc.assert(
    fc.property(search, (parameters) => {
      const { view, problems } = parseResourcesView(parameters)
      expect(filterSchema.safeParse(view.filter).success && isWhole(view)).toBe(true)
      expect(view.page).toBeGreaterThan(0)
      expect(pageSizes).toContain(view.size)
      expect(problems.every((problem) => problem.length < 160)).toBe(true)
      const names = [parameters.f ?? [], parameters.op ?? [], parameters.sort ?? [], parameters.page ?? []].flat()
      expect(problems.length).toBeLessThanOrEqual(names.length + 1)
      // It is an address again, and the same one.
      expect(read(formatResourcesView(view))).toEqual({ view, problems: [] })
    }),
    fuzz,
  )
})

test.each([
  ['region=eu-central-1', { property: 'region', operator: '=', value: 'eu-central-1' }],
  ['tagKey!=Owner', { property: 'tagKey', operator: '!=', value: 'Owner' }],
  ['tag.cost%3Acenter:42', { property: 'tag', tagKey: 'cost:center', operator: ':', value: '42' }],
  ['tag.a%3Db!:x=y', { property: 'tag', tagKey: 'a=b', operator: '!:', value: 'x=y' }],
  ['tag.Owner=', { property: 'tag', tagKey: 'Owner', operator: '=', value: '' }],
])('%s is a token', (text, token) => {
  expect(parseToken(text)).toEqual(token)
  expect(formatToken(token as FilterToken)).toBe(text)
})

test.each(['', 'region', 'colour=red', 'tag=x', 'tag.=x', 'tag.%E0%A4%A=x', 'region.eu=x'])('%j is none', (text) => {
  expect(parseToken(text)).toBeUndefined()
})

test('the plain page has a plain address', () => {
  expect(formatResourcesView(defaultView)).toBe('')
})
