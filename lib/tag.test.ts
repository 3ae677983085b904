import { expect, test } from 'vitest'
import { isReservedTagKey, isTagKey, looksSensitive, sortTags, tagKeySpelling } from './tag.ts'

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
