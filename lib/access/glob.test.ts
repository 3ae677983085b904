import { expect, test } from 'vitest'
import { isArn, matchesArn, matchesPattern } from './glob.ts'
import { tokenize } from './pattern.ts'

const pattern = (text: string) => tokenize(text, { wildcards: true, variables: false })

test.for([
  ['*', '', true],
  ['**', '', true],
  ['a', 'a', true],
  ['a', 'ab', false],
  ['?', '', false],
  ['?', 'a', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['*a*', 'ba', true],
  ['*a*', 'ab', true],
  ['*?*', '', false],
  ['a**b', 'ab', true],
  ['a*a', 'a', false],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'abb', false],
] as const)('%s and %j: %j', ([text, value, expected]) => {
  expect(matchesPattern(pattern(text), value)).toBe(expected)
})

test.for([
  ['arn:aws:s3:::a', true],
  ['arn:aws:s3:::a:b', true],
  ['arn:aws:s3::a', false],
  ['urn:aws:s3:::a', false],
  ['', false],
] as const)('%s is an ARN: %j', ([text, expected]) => {
  expect(isArn(text)).toBe(expected)
})

test('a wildcard of an ARN stays in its part, but for the last', () => {
  expect(matchesArn(pattern('arn:aws:s3:::*'), 'arn:aws:s3:::a:b')).toBe(true)
  expect(matchesArn(pattern('arn:aws:*:::b'), 'arn:aws:s3:::a:b')).toBe(false)
  expect(matchesArn(pattern('arn:*'), 'arn:aws:s3:::a')).toBeUndefined()
  expect(matchesArn(pattern('arn:aws:s3:::a'), 'urn:aws:s3:::a')).toBeUndefined()
})
