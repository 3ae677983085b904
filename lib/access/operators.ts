import { type Base, type Comparison, comparisons, foldCase, type Truth } from './comparisons.ts'
import { hasVariable, type Pattern, plainText, substitute, type ValuesOf } from './pattern.ts'

/** A condition operator with its qualifiers apart. `negated` operators are held when none of the values matches. */
export interface Operator {
  readonly base: Base
  readonly negated: boolean
  readonly ifExists: boolean
  readonly set?: 'any' | 'all'
  /** `Null: false` for the same key stands beside it, so that an empty text does not pass for no value. */
  readonly isBesideNull?: true
}

/** The names that are not their base's own. ArnEquals and ArnLike behave identically (same page as above). */
const otherNames = new Map<string, { base: Base; negated: boolean }>(
  Object.entries({
    StringNotEquals: { base: 'StringEquals', negated: true },
    StringNotEqualsIgnoreCase: { base: 'StringEqualsIgnoreCase', negated: true },
    StringNotLike: { base: 'StringLike', negated: true },
    NumericNotEquals: { base: 'NumericEquals', negated: true },
    DateNotEquals: { base: 'DateEquals', negated: true },
    NotIpAddress: { base: 'IpAddress', negated: true },
    ArnEquals: { base: 'ArnLike', negated: false },
    ArnNotEquals: { base: 'ArnLike', negated: true },
    ArnNotLike: { base: 'ArnLike', negated: true },
  }),
)

const sets = { ForAnyValue: 'any', ForAllValues: 'all' } as const
const NAME = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/

/** Reads an operator as it stands in a policy; undefined when IAM has none of that name. Null takes no qualifiers. */
export function parseOperator(text: string): Operator | undefined {
  const [, set, name = '', ifExists] = NAME.exec(text) ?? []
  const named = isBase(name) ? { base: name, negated: false } : otherNames.get(name)
  if (named === undefined || (named.base === 'Null' && (set ?? ifExists) !== undefined)) return undefined
  const operator = { ...named, ifExists: ifExists !== undefined }
  return set === undefined ? operator : { ...operator, set: sets[set as keyof typeof sets] }
}

function isBase(name: string): name is Base {
  return Object.hasOwn(comparisons, name)
}

/** How the values of an operator are to be read by `tokenize`, in a policy whose Version knows variables or not. */
export function readingOf({ base }: Operator, versionHasVariables: boolean) {
  const { wildcards, variables }: Comparison = comparisons[base]
  return { wildcards: wildcards === true, variables: variables === true && versionHasVariables }
}

/**
 * Truth of one entry of a Condition block. The values of the policy are alternatives; a missing key, and an empty list
 * of values, follow the table of IAM. `valuesOf` gives the values of the variables that are left in the patterns; a
 * variable without value matches nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function holds(
  operator: Operator,
  contextValues: readonly string[] | undefined,
  patterns: readonly Pattern[],
  valuesOf: ValuesOf,
): Truth {
  const isMissing = contextValues === undefined || contextValues.length === 0
  if (operator.base === 'Null') return either(patterns.map((pattern) => isNull(isMissing, pattern)))
  if (isMissing) return holdsWithoutKey(operator)
  const truth = holdsForValues(operator, contextValues, patterns, valuesOf)
  if (operator.set === undefined || !contextValues.every((value) => value === '')) return truth
  return truth === holdsForNullData(operator) ? truth : EMPTY_TEXT
}

function holdsForValues(
  operator: Operator,
  contextValues: readonly string[],
  patterns: readonly Pattern[],
  valuesOf: ValuesOf,
): Truth {
  if (contextValues.length === 1) return holdsFor(operator, contextValues[0] ?? '', patterns, valuesOf)
  if (operator.set === undefined) return SEVERAL_VALUES
  const truths = contextValues.map((value) => holdsFor(operator, value, patterns, valuesOf))
  return operator.set === 'any' ? either(truths) : not(either(truths.map(not)))
}

const EMPTY_TEXT = { undocumented: 'to a set operator an empty text may be a value or none' }
const SEVERAL_VALUES = { undocumented: 'a context key with several values is compared without a set operator' }
const ANY_IF_EXISTS = { undocumented: 'ForAnyValue with IfExists is held against a missing context key' }
const WILD_VALUE = { undocumented: 'the value of a policy variable holds a wildcard' }

function holdsWithoutKey({ set, ifExists, negated }: Operator): Truth {
  if (set === 'all') return true
  if (set === 'any') return ifExists ? ANY_IF_EXISTS : false
  return negated || ifExists
}

/** “A null data set, such as an empty string”, says the page on sets; Null beside a set operator is to keep it out. */
function holdsForNullData({ set, isBesideNull }: Operator): boolean {
  return set === 'all' && !isBesideNull
}

function isNull(isMissing: boolean, pattern: Pattern): Truth {
  const text = foldCase(plainText(pattern) ?? '')
  if (text !== 'true' && text !== 'false') return { undocumented: `\`${text}\` is no value for Null` }
  return isMissing === (text === 'true')
}

function holdsFor(operator: Operator, value: string, patterns: readonly Pattern[], valuesOf: ValuesOf): Truth {
  const matched = either(patterns.map((pattern) => matchesValue(operator.base, value, pattern, valuesOf)))
  return operator.negated ? not(matched) : matched
}

function matchesValue(base: Base, value: string, pattern: Pattern, valuesOf: ValuesOf): Truth {
  const { compare, wildcards }: Comparison = comparisons[base]
  if (!hasVariable(pattern)) return compare(value, pattern)
  const literal = substitute(pattern, valuesOf)
  if (literal === undefined) return false
  const truth = compare(value, literal)
  if (!wildcards || typeof truth === 'object') return truth
  const wild = substitute(pattern, valuesOf, { wildcardsInValues: true })
  return wild === undefined || compare(value, wild) === truth ? truth : WILD_VALUE
}

/** True when one is true; what one document does not say, only a true one makes up for. */
function either(truths: readonly Truth[]): Truth {
  let result: Truth = false
  for (const truth of truths) {
    if (truth === true) return true
    if (truth !== false) result = truth
  }
  return result
}

function not(truth: Truth): Truth {
  return typeof truth === 'boolean' ? !truth : truth
}
