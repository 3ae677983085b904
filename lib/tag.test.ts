import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isReservedTagKey, isTagKey, looksSensitive, sortTags, tagKeySpelling } from './tag.ts'
import { fuzz, hostileText, SEED } from './testing.ts'

test.each([
  ['upper and lower case', ['Owner', 'owner', 'OWNER'], true],
  ['spaces at the end', ['OWNER ', 'owner'], true],
  ['hyphens and underscores', ['cost-center', 'CostCenter', 'cost_center', 'COSTCENTER'], true],
  ['full-width letters', ['Ｏｗｎｅｒ', 'owner'], true],
  ['another word', ['owner', 'owners'], false],
  ['nothing but separators stays itself', ['-', '_'], false],
])('spelling variants: %s', (_, keys, same) => {
  expect(new Set(keys.map(tagKeySpelling)).size === 1).toBe(same)
})

test.each([
  ['aws:cloudformation:stack-name', true],
  ['AWS:x', true],
  ['awsome', false],
  ['my:aws:x', false],
])('reserved by AWS: %s is %s', (tagKey, reserved) => {
  expect(isReservedTagKey(tagKey)).toBe(reserved)
})

test.each([
  ['ada@example.com', true],
  ['db-password', true],
  ['ApiKey', true],
  ['AKIAIOSFODNN7EXAMPLE', true],
  ['123-45-6789', true],
  ['cost-center', false],
  ['Environment', false],
])('a tag key that should not stand in a log: %s is %s', (tagKey, sensitive) => {
  expect(looksSensitive(tagKey)).toBe(sensitive)
})

test('bounds of a tag key', () => {
  expect([isTagKey(''), isTagKey('x'.repeat(128)), isTagKey('x'.repeat(129))]).toEqual([false, true, false])
})

test('tags are ordered by code unit, not by a language', () => {
  expect(sortTags(['b', 'a', 'Z', 'ä'].map((key) => ({ key, value: '' }))).map(({ key }) => key)).toEqual([
    'Z',
    'a',
    'b',
    'ä',
  ])
})

test(`the rules of tag keys hold for any text (seed ${SEED})`, () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom('', 'aws:', 'AWS:', 'aws'), (text, start) => {
      const tagKey = start + text
      expect(isTagKey(tagKey)).toBe(tagKey.length >= 1 && tagKey.length <= 128)
      expect(isReservedTagKey(tagKey)).toBe(tagKey.slice(0, 4).toLowerCase() === 'aws:')
      expect(looksSensitive(`${tagKey} ASIAIOSFODNN7EXAMPLE`)).toBe(true)
      // A slip at the end is the same word, unless there is no word.
      if (/[a-z]/i.test(tagKey)) expect(tagKeySpelling(`${tagKey}-_ `)).toBe(tagKeySpelling(tagKey))
    }),
    fuzz,
  )
})

test(`tags are in one order, however they came, and none is lost (seed ${SEED})`, () => {
  const some = fc.uniqueArray(fc.record({ key: hostileText, value: hostileText }), { selector: ({ key }) => key })
  fc.assert(
    fc.property(some, (tags) => {
      const sorted = sortTags(tags)
      expect(sortTags(tags.toReversed())).toEqual(sorted)
      expect(new Set(sorted)).toEqual(new Set(tags))
    }),
    { ...fuzz, numRuns: 1_000 },
  )
})
