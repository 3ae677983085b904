import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesArn, matchesPattern } from './glob.ts'
import { patternText, plainText, substitute, tokenize } from './pattern.ts'

const seed = 20_260_101
const read = (text: string) => tokenize(text, { variables: true, wildcards: true })
const dollar = (name: string) => `\${${name}}`

describe('texts of policies', () => {
  test.each([
    { rule: 'a variable ignores case', text: dollar('aws:PrincipalTag/Team'), means: dollar('aws:principaltag/team') },
    { rule: 'a variable has a default', text: dollar("aws:x , 'a b'"), means: dollar("aws:x, 'a b'") },
    {
      rule: 'escaped characters are themselves',
      text: `${dollar('*')}${dollar('?')}${dollar('$')}`,
      means: `${dollar('*')}${dollar('?')}${dollar('$')}`,
    },
    { rule: 'an empty variable is text', text: dollar(' '), means: `${dollar('$')}{ }` },
    { rule: 'an open brace is text', text: '$'.concat('{aws:x'), means: `${dollar('$')}{aws:x` },
    { rule: 'two stars are one', text: 'a**b', means: 'a*b' },
  ])('$rule', ({ text, means }) => expect(patternText(read(text))).toBe(means))

  test('in an older version a variable is text', () => {
    const pattern = tokenize(dollar('aws:x'), { variables: false, wildcards: false })
    expect(matchesPattern(pattern, dollar('aws:x'))).toBe(true)
  })

  test('a variable without value matches nothing, with a default that', () => {
    expect(substitute(read(`a-${dollar('aws:x')}`), () => undefined)).toBeUndefined()
    expect(substitute(read(`a-${dollar("aws:x, 'b'")}`), () => undefined)).toEqual(read('a-b'))
  })

  test('a wildcard inside a value is text, or a wildcard when it is read as one', () => {
    const pattern = read(dollar('aws:x'))
    const [plain, wild] = [false, true].map((wildcardsInValues) =>
      substitute(pattern, () => ['a*'], { wildcardsInValues }),
    )
    expect(plain && matchesPattern(plain, 'ab')).toBe(false)
    expect(wild && matchesPattern(wild, 'ab')).toBe(true)
  })

  test.each([
    ['', ''],
    ['a', 'a'],
    ['*', undefined],
    ['a*', undefined],
    [dollar('aws:x'), undefined],
  ])('the plain text of `%s` is %j', (text, plain) => expect(plainText(read(text))).toBe(plain))

  test('many open braces are read in time that grows with their number', () => {
    expect(read(`\${${' '.repeat(20_000)}`)).toHaveLength(1)
  })
})

describe('wildcards', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '*', '?', ':')
  const text = fc.array(fc.constantFrom('a', 'b', ':', 'c'), { maxLength: 8 }).map((units) => units.join(''))
  test(`they match what the regular expression matches (seed ${seed})`, () => {
    const same = fc.property(fc.array(part, { maxLength: 8 }), text, (parts, value) => {
      const expression = parts.map((each) => (each === '*' ? '.*' : each === '?' ? '.' : each)).join('')
      expect(matchesPattern(read(parts.join('')), value)).toBe(new RegExp(`^${expression}$`, 's').test(value))
    })
    fc.assert(same, { seed, numRuns: 5_000 })
  })

  test('2,000 stars take no longer than their number times the length', () => {
    expect(matchesPattern(read('*a'.repeat(2_000)), 'a'.repeat(1_999))).toBe(false)
  })

  test.each([
    { rule: 'a star ends at a colon', pattern: 'arn:aws:*:role/a', arn: 'arn:aws:iam::1:role/a', matches: undefined },
    { rule: 'a star stands for one part', pattern: 'arn:*:iam::*:role/a', arn: 'arn:aws:iam::1:role/a', matches: true },
    { rule: 'the last part may hold colons', pattern: 'arn:aws:s:::a*', arn: 'arn:aws:s:::a:b:c', matches: true },
    { rule: 'no star of an earlier part reaches on', pattern: 'arn:a*:s:::b', arn: 'arn:aws:x:s:::b', matches: false },
    { rule: 'what is no ARN has no parts', pattern: 'arn:aws:s:::a', arn: 'a', matches: undefined },
  ])('in ARNs: $rule', ({ pattern, arn, matches }) => expect(matchesArn(read(pattern), arn)).toBe(matches))
})
