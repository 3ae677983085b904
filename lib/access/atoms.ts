import type { Know } from './context.ts'
import type { Operator } from './operators.ts'
import { type Pattern, patternText } from './pattern.ts'
import type { Entry } from './prepare.ts'
import type { Atom } from './situation.ts'

/** A requirement on the request that hangs on a free context key. Equal text, equal truth. */
export function atomOf(subject: Atom['subject'], operator: Operator, patterns: readonly Pattern[]): Atom {
  const { base, negated, ifExists, set = '', isBesideNull = false } = operator
  const who = 'free' in subject ? subject.free : JSON.stringify(subject.known)
  const values = [...new Set(patterns.map(patternText))].sort()
  return {
    text: [set, base, negated, ifExists, isBesideNull, who, JSON.stringify(values)].join('|'),
    subject,
    operator,
    patterns,
  }
}

const PLACEHOLDER: Operator = { base: 'Null', negated: false, ifExists: false }

/**
 * What is left of a requirement of which the documents do not say whether it holds. Its text names the values that are known: it is
 * the same atom before and after unless one of them changes.
 */
export function opaqueAtom(
  { text, contextKey, operator = PLACEHOLDER, patterns, reads }: Entry,
  know: Know,
  reason: string,
): Atom {
  const values = reads.map((key) => [key, know(key)])
  return opaque(`${text}|${JSON.stringify(values)}`, reason, { free: contextKey }, operator, patterns)
}

/** An atom that may be true or false, and nobody can say which. Equal text, equal truth. */
export function opaque(
  text: string,
  reason: string,
  subject: Atom['subject'] = { known: undefined },
  operator = PLACEHOLDER,
  patterns: readonly Pattern[] = [],
): Atom {
  return { text: `opaque|${reason}|${text}`, subject, operator, patterns, opaque: { reason, perSide: false } }
}
