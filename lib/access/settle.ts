import { type Know, type Knowledge, keyFacts, RESOURCE, type Values } from './context.ts'
import { holds, type Operator, readingOf } from './operators.ts'
import {
  hasVariable,
  hasWildcard,
  type Pattern,
  patternText,
  substitute,
  type ValuesOf,
  variablesOf,
} from './pattern.ts'
import type { Entry } from './prepare.ts'
import type { Atom } from './situation.ts'

/**
 * Settles one requirement by what is known: true, false, or the atom that is left of it. Where AWS's documents allow
 * several readings, each is tried; if they differ, the atom is opaque.
 */
export function settle(entry: Entry, know: Know): boolean | Atom {
  const { operator, patterns, unsupported, doubtful = [] } = entry
  if (operator === undefined) return opaqueAtom(entry, know, `IAM documents no condition operator in \`${entry.text}\``)
  const reason = unsupported ?? undocumentedReason(entry, operator, know)
  if (reason !== undefined) return opaqueAtom(entry, know, reason)
  const valueless = patterns.filter((pattern) => isValueless(pattern, entry, operator, know))
  if (valueless.length > 0) return settleEither(entry, know, valueless, MATCH_ALL, VALUELESS)
  if (doubtful.length > 0) return settleEither(entry, know, doubtful, entry, EARLY)
  return settleCertain(entry, operator, know)
}

const MATCH_ALL: Pick<Entry, 'operator' | 'patterns'> = {
  operator: { base: 'StringLike', negated: false, ifExists: false },
  patterns: [[{ kind: 'many' }]],
}
const VALUELESS = 'a policy variable has no value, or several, where AWS does not say what follows'
const EARLY = 'a policy variable stands before the fifth colon of a resource'

/** Two readings: the doubtful patterns match nothing, or they stand for `other`. */
function settleEither(
  { doubtful: _doubtful, ...entry }: Entry,
  know: Know,
  doubtful: readonly Pattern[],
  other: Pick<Entry, 'operator' | 'patterns'>,
  reason: string,
): boolean | Atom {
  const { operator } = entry
  if (operator === undefined || other.operator === undefined) return opaqueAtom(entry, know, reason)
  const rest = entry.patterns.filter((pattern) => !doubtful.includes(pattern))
  const without = settle({ ...entry, patterns: rest }, know)
  const otherOperator = { ...operator, base: other.operator.base }
  const within = settle({ ...entry, operator: otherOperator, patterns: other.patterns }, know)
  return without === within && typeof without === 'boolean' ? without : opaqueAtom(entry, know, reason)
}

function settleCertain(entry: Entry, operator: Operator, know: Know): boolean | Atom {
  if (entry.reads.some((contextKey) => know(contextKey) === 'free')) return settleFree(entry, operator, know)
  const valuesOf = (contextKey: string) => valuesIn(know(contextKey))
  const truth = holds(operator, valuesOf(entry.contextKey), entry.patterns, valuesOf)
  return typeof truth === 'boolean' ? truth : opaqueAtom(entry, know, truth.undocumented)
}

function valuesIn(knowledge: Knowledge): Values {
  return knowledge === 'free' ? undefined : knowledge.values
}

function settleFree(entry: Entry, operator: Operator, know: Know): boolean | Atom {
  const isFree = (contextKey: string) => know(contextKey) === 'free'
  const valuesOf = (contextKey: string) => valuesIn(know(contextKey))
  if (readingOf(operator, true).wildcards && entry.patterns.some((pattern) => hasWildValue(pattern, valuesOf))) {
    return opaqueAtom(entry, know, 'the value of a policy variable holds a wildcard')
  }
  const patterns = entry.patterns.flatMap((pattern) => {
    const substituted = substitute(pattern, valuesOf, { isFree })
    return substituted === undefined ? [] : [substituted]
  })
  if (isFree(entry.contextKey)) return atomOf({ free: entry.contextKey }, operator, patterns)
  const values = valuesOf(entry.contextKey)
  // A missing key is settled whatever the values, and so is a known one once no variable is left.
  if (values === undefined || !patterns.some(hasVariable)) return settleKnown(entry, operator, values, patterns, know)
  return atomOf({ known: values }, operator, patterns)
}

function settleKnown(entry: Entry, operator: Operator, values: Values, patterns: readonly Pattern[], know: Know) {
  const truth = holds(operator, values, patterns, () => undefined)
  return typeof truth === 'boolean' ? truth : opaqueAtom(entry, know, truth.undocumented)
}

function hasWildValue(pattern: Pattern, valuesOf: ValuesOf): boolean {
  return variablesOf(pattern).some((contextKey) => hasWildcard(valuesOf(contextKey)?.[0] ?? ''))
}

/** What the documents leave open whatever the values of the policy are. */
function undocumentedReason(entry: Entry, operator: Operator, know: Know) {
  const { contextKey } = entry
  if (operator.base === 'Null') return undefined
  const knowledge = know(contextKey)
  const { isMultivalued, isAlwaysPresent } = keyFacts(contextKey)
  if (isMultivalued && operator.set === undefined && mayHold(entry, operator, knowledge, know)) {
    return `\`${contextKey}\` may have several values and is compared without a set operator`
  }
  if (knowledge !== 'free') return knowledge.doubt
  const isAnyIfExists = !isAlwaysPresent && operator.set === 'any' && operator.ifExists
  return isAnyIfExists ? 'ForAnyValue with IfExists is held against a context key that may be missing' : undefined
}

/** Whether a comparison without set operator holds under a reading: of any value, or of all of them. */
function mayHold(entry: Entry, operator: Operator, knowledge: Knowledge, know: Know): boolean {
  if (knowledge === 'free') return true
  if (knowledge.values === undefined || knowledge.values.length === 0) return false
  return (['any', 'all'] as const).some((set) => settle({ ...entry, operator: { ...operator, set } }, know) !== false)
}

/** Whether a variable of the pattern stands for several values or doubtful ones, or in NotResource perhaps for none. */
function isValueless(pattern: Pattern, { contextKey }: Entry, { negated }: Operator, know: Know): boolean {
  return pattern.some((token) => {
    if (token.kind !== 'variable') return false
    const knowledge = know(token.contextKey)
    if (keyFacts(token.contextKey).isMultivalued || doubtOf(knowledge) !== undefined) return true
    if (contextKey !== RESOURCE || !negated || token.fallback !== undefined) return false
    return knowledge === 'free' ? !keyFacts(token.contextKey).isAlwaysPresent : knowledge.values === undefined
  })
}

/** Why it is not certain which values a condition reads, though they are known. */
function doubtOf(knowledge: Knowledge): string | undefined {
  return knowledge === 'free' ? undefined : knowledge.doubt
}

function atomOf(subject: Atom['subject'], operator: Operator, patterns: readonly Pattern[]): Atom {
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

/** Its text names the values that are known, so that it is the same atom before and after unless one of them changes. */
function opaqueAtom(
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
