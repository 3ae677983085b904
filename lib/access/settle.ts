import { type Know, type Known, keyFacts, RESOURCE, type Values } from './context.ts'
import { holds, type Operator, readingOf, type Truth } from './operators.ts'
import { hasVariable, hasWildcard, type Pattern, patternText, substitute, variablesOf } from './pattern.ts'
import type { Entry } from './prepare.ts'
import type { Atom } from './situation.ts'

/**
 * Settles one requirement by what is known: true, false, or the atom that is left of it. Where AWS's documents allow
 * several readings, each is tried; if they differ, the atom is opaque.
 */
export function settle(entry: Entry, know: Know): boolean | Atom {
  const { operator, unsupported } = entry
  if (operator === undefined || unsupported !== undefined) {
    return opaqueAtom(entry, know, unsupported ?? 'the element is not supported')
  }
  const reason = undocumentedReason(entry, operator, know)
  if (reason !== undefined) return opaqueAtom(entry, know, reason)
  if (entry.reads.some((contextKey) => know(contextKey) === 'free')) return settleFree(entry, operator, know)
  const truth = agreed(readingsOf(entry, know).map((valuesOf) => holdsFor(entry, operator, valuesOf)))
  if (typeof truth === 'boolean') return truth
  return opaqueAtom(entry, know, truth === DIFFERENT ? reasonOf(entry, know) : truth.undocumented)
}

const DIFFERENT = { undocumented: '' }

/** What all readings say; {@link DIFFERENT} when they do not say the same. */
function agreed(truths: readonly Truth[]): Truth {
  const [first = false] = truths
  return truths.every((truth) => truth === first) ? first : (truths.find((t) => typeof t === 'object') ?? DIFFERENT)
}

function holdsFor({ contextKey, patterns }: Entry, operator: Operator, valuesOf: (contextKey: string) => Values) {
  return holds(operator, valuesOf(contextKey), patterns, valuesOf)
}

type ValuesOf = (contextKey: string) => Values

/** One lookup for each combination of the readings of the keys that an entry reads; almost always one. */
function readingsOf({ reads }: Entry, know: Know): ValuesOf[] {
  let combinations: ReadonlyMap<string, Values>[] = [new Map()]
  for (const contextKey of reads) {
    const { readings } = know(contextKey) as Known
    combinations = combinations.flatMap((each) => readings.map((values) => new Map(each).set(contextKey, values)))
  }
  return combinations.map((values) => (contextKey) => values.get(contextKey))
}

function settleFree(entry: Entry, operator: Operator, know: Know): boolean | Atom {
  if (reasonOf(entry, know) !== '') return opaqueAtom(entry, know, reasonOf(entry, know))
  const isFree = (contextKey: string) => know(contextKey) === 'free'
  const valuesOf = (contextKey: string) => {
    const knowledge = know(contextKey)
    return knowledge === 'free' ? undefined : knowledge.readings[0]
  }
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

/** What the documents leave open whatever the values are. */
function undocumentedReason({ contextKey, patterns, reads }: Entry, operator: Operator, know: Know) {
  const isFree = know(contextKey) === 'free'
  const { isMultivalued, isAlwaysPresent } = keyFacts(contextKey)
  if (isFree && isMultivalued && operator.set === undefined && operator.base !== 'Null') {
    return `\`${contextKey}\` may have several values and is compared without a set operator`
  }
  if (isFree && !isAlwaysPresent && operator.set === 'any' && operator.ifExists) {
    return 'ForAnyValue with IfExists is held against a context key that may be missing'
  }
  if (reads.length === 1) return undefined
  const variables = patterns.flatMap(variablesOf)
  if (variables.some((variable) => keyFacts(variable).isMultivalued)) {
    return 'a policy variable stands for a context key that may have several values'
  }
  const mayBeMissing = (variable: string) => {
    const knowledge = know(variable)
    return knowledge === 'free' ? !keyFacts(variable).isAlwaysPresent : knowledge.readings.includes(undefined)
  }
  const isUndecided = contextKey === RESOURCE && operator.negated && withoutFallback(patterns).some(mayBeMissing)
  return isUndecided ? 'a policy variable in NotResource has no value' : undefined
}

function withoutFallback(patterns: readonly Pattern[]): string[] {
  return patterns.flatMap((pattern) =>
    pattern.flatMap((token) => (token.kind === 'variable' && token.fallback === undefined ? [token.contextKey] : [])),
  )
}

/** Why a key that the entry reads has several readings; empty when none has. */
function reasonOf({ reads }: Entry, know: Know): string {
  for (const contextKey of reads) {
    const knowledge = know(contextKey)
    if (knowledge !== 'free' && knowledge.readings.length > 1) return knowledge.reason ?? 'several readings'
  }
  return ''
}

function atomOf(subject: Atom['subject'], operator: Operator, patterns: readonly Pattern[]): Atom {
  const { base, negated, ifExists, set = '' } = operator
  const who = 'free' in subject ? subject.free : JSON.stringify(subject.known)
  const values = [...new Set(patterns.map(patternText))].sort()
  return { text: [set, base, negated, ifExists, who, JSON.stringify(values)].join('|'), subject, operator, patterns }
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
