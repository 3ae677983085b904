import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressInRange } from './addresses.ts'
import { arnMatches } from './arn-pattern.ts'
import { operators } from './condition-operators.ts'
import { evaluate } from './evaluate.ts'
import { factsOf, onCondition } from './testing.ts'
import { matchesPattern, tokensOf } from './wildcard.ts'

// Few letters, so that patterns meet texts; fast-check prints the seed of a run that fails.
const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '😀'), maxLength: 8 })
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '😀', '*', '?'), maxLength: 6 })
const plain = { numRuns: 2_000 }

/** The same rule once more, as a regular expression. */
function expression(wildcards: string, any = '[^]'): RegExp {
  const written = [...wildcards].map((each) => ({ '*': `${any}*`, '?': any })[each] ?? each)
  return new RegExp(`^${written.join('')}$`, 'u')
}

describe('wildcards', () => {
  test('match as the regular expression of the same meaning does', () => {
    const agrees = fc.property(text, pattern, (value, wildcards) => {
      expect(matchesPattern(value, tokensOf(wildcards))).toBe(expression(wildcards).test(value))
    })
    fc.assert(agrees, plain)
  })

  test('that stay in their segment do not match a colon', () => {
    const agrees = fc.property(text, pattern, (value, wildcards) => {
      const bound = tokensOf(wildcards).map((token) => ({ ...token, staysInSegment: true }))
      expect(matchesPattern(value, bound)).toBe(expression(wildcards, '[^:]').test(value))
    })
    fc.assert(agrees, plain)
  })

  test('2,000 stars against 2,000 characters are decided', () => {
    expect(matchesPattern('a'.repeat(2_000), tokensOf(`${'*a'.repeat(1_000)}*b`))).toBe(false)
    expect(matchesPattern('a'.repeat(2_000), tokensOf('*'.repeat(2_000)))).toBe(true)
  })

  test('an ARN operator matches only what the string operator matches', () => {
    const arn = fc.array(fc.string({ unit: fc.constantFrom('a', '*', '?', ':'), maxLength: 2 }), {
      minLength: 6,
      maxLength: 6,
    })
    const implies = fc.property(arn, arn, (values, patterns) => {
      const [value, wildcards] = [values.join(':').replace(/[*?]/g, 'a'), tokensOf(patterns.join(':'))]
      expect(!arnMatches(value, wildcards) || matchesPattern(value, wildcards)).toBe(true)
    })
    fc.assert(implies, plain)
  })

  test('an ARN without further colons matches component by component', () => {
    const component = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 })
    const components = fc.array(component, { minLength: 6, maxLength: 6 })
    const agrees = fc.property(components, components, (values, patterns) => {
      const arn = values.map((each) => each.replace(/[*?]/g, 'a'))
      const all = patterns.every((each, index) => expression(each).test(arn[index] ?? ''))
      expect(arnMatches(arn.join(':'), tokensOf(patterns.join(':')))).toBe(all)
    })
    fc.assert(agrees, plain)
  })
})

describe('operators', () => {
  const value = fc.oneof(
    fc.constantFrom(
      'true',
      'false',
      'a',
      'A',
      'a*',
      '',
      '7',
      '7.0',
      '203.0.113.7',
      '2026-01-01',
      'arn:aws:iam::1:role/a',
    ),
    fc.integer({ min: -3, max: 3 }).map(String),
  )
  const pairs = Object.keys(operators)
    .filter((name) => operators[name]?.isNegated)
    .map((name) => [name, name.replace('Not', '')] as const)

  /** The values that the operator can read; it is not said what a negated one makes of others. */
  const readable = (operator: string) => value.filter((each) => operators[operator]?.understands?.(each) ?? true)

  test.each(pairs)('%s is the opposite of %s on every value that it can read', (negative, positive) => {
    const opposite = fc.property(readable(negative), fc.array(value, { maxLength: 3 }), (given, values) => {
      const under = (operator: string) =>
        evaluate(factsOf(onCondition(operator, 'aws:SourceX', values, { context: { 'aws:SourceX': given } })))
      fc.pre(under(negative).undocumented === undefined)
      expect(under(negative).decision === 'allowed').toBe(under(positive).decision !== 'allowed')
    })
    fc.assert(opposite, { numRuns: 300 })
  })

  test.each(Object.keys(operators))('%s: ForAllValues and ForAnyValue are all and some of its elements', (operator) => {
    // The empty string alone is an empty set.
    const element = readable(operator).filter((each) => each !== '')
    const elements = fc.array(element, { minLength: 1, maxLength: 3 })
    const elementwise = fc.property(elements, value, (given, policyValue) => {
      const under = (name: string, tagKeys: string[]) =>
        evaluate(factsOf(onCondition(name, 'aws:TagKeys', policyValue, { context: { 'aws:TagKeys': tagKeys } })))
      const single = given.map((each) => under(`ForAnyValue:${operator}`, [each]))
      fc.pre(single.every(({ undocumented }) => undocumented === undefined))
      const held = single.map(({ decision }) => decision === 'allowed')
      expect(under(`ForAnyValue:${operator}`, given).decision === 'allowed').toBe(held.some(Boolean))
      expect(under(`ForAllValues:${operator}`, given).decision === 'allowed').toBe(held.every(Boolean))
    })
    fc.assert(elementwise, { numRuns: 200 })
  })

  test('more values let a positive operator hold more often, never less', () => {
    const monotonous = fc.property(value, fc.array(value, { maxLength: 3 }), value, (given, values, further) => {
      const under = (list: string[]) =>
        evaluate(factsOf(onCondition('StringLike', 'aws:SourceX', list, { context: { 'aws:SourceX': given } })))
      expect(under(values).decision !== 'allowed' || under([...values, further]).decision === 'allowed').toBe(true)
    })
    fc.assert(monotonous, plain)
  })

  test('an address is in a range as its first bits are', () => {
    const address = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 })
    const bits = (parts: number[]) => parts.map((part) => part.toString(2).padStart(8, '0')).join('')
    const agrees = fc.property(address, address, fc.nat(32), fc.nat(3), (one, other, length, common) => {
      const near = other.map((part, index) => (index < common ? (one[index] ?? 0) : part))
      const inside = bits(one).slice(0, length) === bits(near).slice(0, length)
      expect(addressInRange(one.join('.'), `${near.join('.')}/${length}`)).toBe(inside)
    })
    fc.assert(agrees, plain)
  })
})
