import type { Base } from '../comparisons.ts'
import { holds } from '../operators.ts'
import { hasVariable, patternText } from '../pattern.ts'
import { quoted } from '../problem.ts'
import { spelledContextKey } from '../reference.ts'
import type { Atom } from '../situation.ts'
import type { Context } from './truths.ts'

/** Values, and relations to values, that a sentence repeats. */
const LISTED_MAX = 3

/** What a value is by a comparison that matches, and by one that does not. */
const relations: Record<Exclude<Base, 'Null' | 'Bool'>, readonly [matches: string, differs: string]> = {
  StringEquals: ['', 'not'],
  StringEqualsIgnoreCase: ['', 'not'],
  StringLike: ['like', 'not like'],
  NumericEquals: ['', 'not'],
  NumericLessThan: ['less than', 'at least'],
  NumericLessThanEquals: ['at most', 'greater than'],
  NumericGreaterThan: ['greater than', 'at most'],
  NumericGreaterThanEquals: ['at least', 'less than'],
  DateEquals: ['', 'not'],
  DateLessThan: ['before', 'not before'],
  DateLessThanEquals: ['at or before', 'after'],
  DateGreaterThan: ['after', 'not after'],
  DateGreaterThanEquals: ['at or after', 'before'],
  BinaryEquals: ['', 'not'],
  IpAddress: ['inside', 'outside'],
  ArnLike: ['like', 'not like'],
}

/** Says a context by what the atoms ask of it: “aws:SourceIp is outside `10.0.0.0/8` (such as `203.0.113.7`)”. */
export function inWords(context: Context, atoms: readonly Atom[]): string {
  return [...context]
    .map(([key, values]) => `${spelledContextKey(key)} ${valueInWords(key, values, atoms)}`)
    .join(' and ')
}

function valueInWords(key: string, values: readonly string[] | undefined, atoms: readonly Atom[]): string {
  const [value, ...more] = values ?? []
  if (value === undefined) return 'is absent'
  if (more.length > 0) return `holds ${[value, ...more].map(quoted).join(', ')}`
  const relevant = atoms.filter(({ subject }) => 'free' in subject && subject.free === key)
  const named = relevant.flatMap(({ patterns }) => patterns.map(patternText))
  if (named.includes(value) || relevant.some(({ operator }) => operator.base === 'Bool')) return `is ${quoted(value)}`
  const relationsHeld = new Set(relevant.flatMap((atom) => relationTo(atom, value)))
  if (relationsHeld.size === 0) return `is present (such as ${quoted(value)})`
  const told = [...relationsHeld].slice(0, LISTED_MAX)
  return `is ${told.join(' and ')} (such as ${quoted(value)})`
}

function relationTo({ operator, patterns }: Atom, value: string): string[] {
  const { base } = operator
  if (base === 'Null' || base === 'Bool' || patterns.some(hasVariable)) return []
  const matches = holds({ base, negated: false, ifExists: false }, [value], patterns, () => undefined)
  const [same, different] = relations[base]
  const relation = matches === true ? same : different
  return [`${relation} ${listed(patterns.map(patternText))}`.trim()]
}

function listed(texts: readonly string[]): string {
  const more = texts.length - LISTED_MAX
  const told = texts.slice(0, LISTED_MAX).map(quoted).join(' or ')
  return more > 0 ? `${told} or ${more} more` : told
}
