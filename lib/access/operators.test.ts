import { describe, expect, test } from 'vitest'
import { holds, parseOperator, readingOf } from './operators.ts'
import { tokenize } from './pattern.ts'

const ask = (name: string, context: readonly string[] | undefined, values: readonly string[]) => {
  const operator = parseOperator(name)
  if (operator === undefined) throw new Error(`${name} is no operator`)
  const patterns = values.map((value) => tokenize(value, readingOf(operator, true)))
  const truth = holds(operator, context, patterns, () => undefined)
  return typeof truth === 'boolean' ? truth : 'undocumented'
}

/** IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context keys". */
const rows: readonly [string, string, readonly string[] | undefined, readonly string[], boolean | 'undocumented'][] = [
  ['one of the values is enough', 'StringEquals', ['a'], ['b', 'a'], true],
  ['none of the values may match', 'StringNotEquals', ['a'], ['b', 'a'], false],
  ['a star is a star', 'StringEquals', ['ab'], ['a*'], false],
  ['a star stands for more', 'StringLike', ['ab'], ['a*'], true],
  ['case matters', 'StringEquals', ['A'], ['a'], false],
  ['case does not matter', 'StringEqualsIgnoreCase', ['A'], ['a'], true],
  ['numbers are equal by value', 'NumericEquals', ['5.0'], ['5'], true],
  ['what surely holds makes up for a doubt', 'NumericEquals', ['5'], ['5', 'x'], true],
  ['a doubt stays beside what surely fails', 'NumericEquals', ['5'], ['x', '6'], 'undocumented'],
  ['a text is no number', 'NumericNotEquals', ['five'], ['5'], 'undocumented'],
  ['seconds and ISO 8601 are one moment', 'DateEquals', ['1767225600'], ['2026-01-01T00:00:00Z'], true],
  ['an address is in a block', 'IpAddress', ['10.1.2.3'], ['10.0.0.0/8'], true],
  ['IPv6 is not in an IPv4 block', 'NotIpAddress', ['2001:db8::1'], ['0.0.0.0/0'], true],
  ['octal digits are no address', 'IpAddress', ['8.0.0.1'], ['010.0.0.0/8'], 'undocumented'],
  ['three parts are no IPv4 block', 'NotIpAddress', ['10.1.2.3'], ['10.1.2/24'], 'undocumented'],
  ['an IPv4 address in IPv6 digits', 'IpAddress', ['::ffff:10.1.2.3'], ['10.0.0.0/8'], 'undocumented'],
  ['a block of IPv4 in IPv6 digits', 'NotIpAddress', ['10.1.2.3'], ['::ffff:10.0.0.0/104'], 'undocumented'],
  ['a day that no calendar has', 'DateGreaterThan', ['2021-01-01'], ['2020-02-30'], 'undocumented'],
  ['the policy holds base64', 'BinaryEquals', ['Blue'], ['Qmx1ZQ=='], true],
  ['an ARN is compared part by part', 'ArnEquals', ['arn:aws:iam::1:role/a'], ['arn:*:iam::*:role/*'], true],
  ['a short ARN may mean several things', 'ArnLike', ['arn:aws:iam::1:role/a'], ['arn:aws:*'], 'undocumented'],
  ['a short ARN of whole parts', 'ArnLike', ['arn:aws:iam::1:role/a'], ['arn:aws:iam'], 'undocumented'],
  ['a short ARN whose star reaches to the end', 'ArnLike', ['arn:aws:iam::1:role/a'], ['arn:*a'], 'undocumented'],
  ['a short ARN that ends within a part', 'ArnLike', ['arn:aws:iam::1:role/a'], ['arn:a'], false],
  ['a short ARN that fits in no way', 'ArnLike', ['arn:aws:iam::1:role/a'], ['b*'], false],
  ['without the key: false', 'StringEquals', undefined, ['a'], false],
  ['without the key, negated: true', 'StringNotEquals', undefined, ['a'], true],
  ['without the key, IfExists: true', 'StringEqualsIfExists', undefined, ['a'], true],
  ['without the key, Null true', 'Null', undefined, ['true'], true],
  ['with the key, Null true', 'Null', ['a'], ['true'], false],
  ['with the key, Null with another value', 'Null', ['a'], ['yes'], 'undocumented'],
  ['without the key, Null with another value', 'Null', undefined, ['yes'], 'undocumented'],
  ['all of no values', 'ForAllValues:StringEquals', undefined, ['a'], true],
  ['any of no values', 'ForAnyValue:StringEquals', undefined, ['a'], false],
  ['any of no values, negated', 'ForAnyValue:StringNotEquals', undefined, ['a'], false],
  ['any of no values, IfExists', 'ForAnyValue:StringEqualsIfExists', undefined, ['a'], 'undocumented'],
  ['all values are listed', 'ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], true],
  ['one value is not listed', 'ForAllValues:StringEquals', ['a', 'x'], ['a', 'b'], false],
  ['one value is listed', 'ForAnyValue:StringEquals', ['a', 'x'], ['a', 'b'], true],
  ['one value is not listed, negated', 'ForAnyValue:StringNotEquals', ['a', 'x'], ['a', 'b'], true],
  ['an empty text may be no value', 'ForAllValues:StringEquals', [''], ['a'], 'undocumented'],
  ['an empty text that is listed', 'ForAllValues:StringEquals', [''], [''], true],
  ['several values without set operator', 'StringEquals', ['a', 'b'], ['a'], 'undocumented'],
]

describe('operators', () => {
  test.each(rows)('%s: %s', (_, name, context, values, expected) => {
    expect(ask(name, context, values)).toBe(expected)
  })

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'NullIfExists',
    'ForAnyValue:Null',
    'stringequals',
    'ForAll:Bool',
  ])('%s is none', (name) => expect(parseOperator(name)).toBeUndefined())
})
