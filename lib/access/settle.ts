import { atomOf, opaqueAtom } from './atoms.ts'
import { type Know, type Knowledge, known, RESOURCE, type Values } from './context.ts'
import { keyFacts } from './key-facts.ts'
import { holds, type Operator, readingOf } from './operators.ts'
import {
  hasVariable,
  hasWildcard,
  type Pattern,
  patternText,
  substitute,
  type Token,
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
  if (reason !== undefined) return holdsForNone(entry, operator, know) ? false : opaqueAtom(entry, know, reason)
  if (lacksSet(entry, operator, know)) return settleWithoutSet(entry, operator, know)
  const several = patterns.filter((pattern) => pattern.some((token) => standsForSeveral(token, know)))
  if (several.length > 0) return settleEither(entry, operator, know, several, ANYTHING, SEVERAL)
  const valueless = patterns.filter((pattern) => pattern.some((token) => isValueless(token, entry, know)))
  if (valueless.length > 0) return settleEither(entry, operator, know, valueless, ANYTHING, VALUELESS)
  if (doubtful.length > 0) return settleEither(entry, operator, know, doubtful, entry, EARLY)
  return settleCertain(entry, operator, know)
}

/** How a doubtful pattern is compared in the other reading. */
interface Reading {
  readonly operator?: Pick<Operator, 'base'>
  readonly patterns: readonly Pattern[]
}

const ANYTHING: Reading = {
  operator: { base: 'StringLike' },
  patterns: [[{ kind: 'many' }]],
}
const SEVERAL = 'a policy variable stands for a context key that has several values'
const VALUELESS = 'a policy variable in NotResource has no value'
const EARLY = 'a policy variable stands before the fifth colon of a resource'

/** Two readings: the doubtful patterns match nothing, or they stand for `other`. */
function settleEither(
  { doubtful: _doubtful, ...entry }: Entry,
  operator: Operator,
  know: Know,
  doubtful: readonly Pattern[],
  other: Reading,
  reason: string,
): boolean | Atom {
  const rest = entry.patterns.filter((pattern) => !doubtful.includes(pattern))
  const without = settle({ ...entry, patterns: rest }, know)
  const otherOperator = { ...operator, base: other.operator?.base ?? operator.base }
  const within = settle({ ...entry, operator: otherOperator, patterns: other.patterns }, know)
  if (without === within && typeof without === 'boolean') return without
  // What is left of one value's comparison is whether a doubtful pattern matches it, whatever stands beside them.
  const isOfDoubtful = operator.set === undefined && typeof without === 'boolean' && typeof within === 'boolean'
  const text = JSON.stringify([operator, doubtful.map(patternText).sort()])
  return opaqueAtom(isOfDoubtful ? { ...entry, text } : entry, know, reason)
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
function undocumentedReason({ contextKey }: Entry, operator: Operator, know: Know): string | undefined {
  return operator.base === 'Null' ? undefined : doubtOf(know(contextKey))
}

/** Whichever of the values is read, or none: a condition that holds for none of them, nor without one, does not hold. */
function holdsForNone(entry: Entry, { negated, ifExists, set }: Operator, know: Know): boolean {
  const { contextKey, patterns } = entry
  const knowledge = know(contextKey)
  if (knowledge === 'free' || !knowledge.isEither) return false
  const mayHoldWithout = negated || ifExists || set === 'all'
  if (mayHoldWithout || patterns.some((pattern) => variablesOf(pattern).includes(contextKey))) return false
  const reading = (value: string) => (asked: string) => (asked === contextKey ? known(value) : know(asked))
  return (knowledge.values ?? []).every((value) => settle(entry, reading(value)) === false)
}

/** Whether a key that may have several values is there and compared without a set operator. */
function lacksSet({ contextKey }: Entry, { base, set }: Operator, know: Know): boolean {
  if (set !== undefined || base === 'Null' || !keyFacts(contextKey).isMultivalued) return false
  const knowledge = know(contextKey)
  return knowledge === 'free' || (knowledge.values?.length ?? 0) > 0
}

/** Three readings: one value is enough, all must hold, or nothing holds, for such a key requires a set operator. */
function settleWithoutSet(entry: Entry, operator: Operator, know: Know): boolean | Atom {
  const mayHold = (['any', 'all'] as const).some(
    (set) => settle({ ...entry, operator: { ...operator, set } }, know) !== false,
  )
  if (know(entry.contextKey) !== 'free' && !mayHold) return false
  const reason = `\`${entry.contextKey}\` may have several values and is compared without a set operator`
  return opaqueAtom(entry, know, reason)
}

function standsForSeveral(token: Token, know: Know): boolean {
  if (token.kind !== 'variable') return false
  return keyFacts(token.contextKey).isMultivalued || doubtOf(know(token.contextKey)) !== undefined
}

/** Whether it is a variable of NotResource that has no value, or perhaps none. */
function isValueless(token: Token, { contextKey, operator }: Entry, know: Know): boolean {
  if (contextKey !== RESOURCE || !operator?.negated) return false
  if (token.kind !== 'variable' || token.fallback !== undefined) return false
  const knowledge = know(token.contextKey)
  return knowledge === 'free' ? !keyFacts(token.contextKey).isAlwaysPresent : knowledge.values === undefined
}

/** Why it is not certain which values a condition reads, though they are known. */
function doubtOf(knowledge: Knowledge): string | undefined {
  return knowledge === 'free' ? undefined : knowledge.doubt
}
