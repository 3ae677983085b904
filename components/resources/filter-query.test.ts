import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FilterToken, filterOperators, filterProperties } from '#lib/filter.ts'
import { fuzz, hostileText, SEED } from '#lib/testing.ts'
import { filteringProperties, toFilter, toQuery, wantedTagKeys } from './filter-query.ts'

const tokens: (FilterToken & { rule: string })[] = [
  { rule: 'a column', property: 'region', operator: '=', value: 'eu-central-1' },
  { rule: 'free text', property: 'text', operator: ':', value: 'payments' },
  { rule: 'a tag key', property: 'tagKey', operator: '!=', value: 'OWNER ' },
  { rule: 'the value of a tag key', property: 'tag', tagKey: 'Owner', operator: '!:', value: 'x' },
  { rule: 'an empty value', property: 'tag', tagKey: 'Owner', operator: '=', value: '' },
  { rule: 'a tag key that looks like a property', property: 'tag', tagKey: 'tag.region', operator: '=', value: 'x' },
]

test(`every filter survives it, and nothing foreign comes back (seed ${SEED})`, () => {
  const token = fc
    .record({
      property: fc.constantFrom(...filterProperties),
      tagKey: hostileText,
      operator: fc.constantFrom(...filterOperators),
      value: hostileText,
    })
    .map(({ tagKey, ...rest }): FilterToken => (rest.property === 'tag' ? { ...rest, tagKey } : rest))
  const foreign = fc.record({
    propertyKey: hostileText,
    operator: hostileText,
    value: fc.constantFrom(null, 7, [], {}),
  })
  fc.assert(
    fc.property(fc.array(token, { maxLength: 3 }), foreign, (some, other) => {
      const filter = { operation: 'and' as const, tokens: some }
      const query = toQuery(filter)
      expect(toFilter(query)).toEqual(filter)
      expect(toFilter({ ...query, tokens: [...query.tokens, other] })).toEqual(filter)
    }),
    fuzz,
  )
})

test.each(tokens)('$rule survives the way to the property filter and back', ({ rule: _, ...token }) => {
  const filter = { operation: 'or', tokens: [token] } as const
  expect(toFilter(toQuery({ ...filter, tokens: [token] }))).toEqual(filter)
})

test('a token with an operator or a property that we do not know is left out', () => {
  const query = {
    operation: 'and' as const,
    tokens: [
      { propertyKey: 'region', operator: '<', value: 'x' },
      { propertyKey: 'colour', operator: '=', value: 'red' },
    ],
  }
  expect(toFilter(query).tokens).toEqual([])
})

test('a tag key that only the filter knows is a property, too', () => {
  const filter = {
    operation: 'and' as const,
    tokens: [{ property: 'tag' as const, tagKey: 'Rare', operator: '=' as const, value: '' }],
  }
  expect(filteringProperties(undefined, filter).map(({ key }) => key)).toContain('tag.Rare')
})

const wanted: { rule: string; token: FilterToken; keys: string[] }[] = [
  { rule: 'a tag key', token: { property: 'tagKey', operator: '=', value: 'Owner' }, keys: ['Owner'] },
  {
    rule: 'a part, in any case',
    token: { property: 'tagKey', operator: ':', value: 'own' },
    keys: ['Owner', 'OWNER '],
  },
  {
    rule: 'a value of a tag key',
    token: { property: 'tag', tagKey: 'team', operator: '=', value: 'x' },
    keys: ['team'],
  },
  { rule: 'its absence', token: { property: 'tagKey', operator: '!=', value: 'Owner' }, keys: [] },
]
test.each(wanted)('the filter asks for $rule', ({ token, keys }) => {
  const isWanted = wantedTagKeys({ operation: 'and', tokens: [token] })
  expect(['Owner', 'OWNER ', 'team'].filter(isWanted)).toEqual(keys)
})
