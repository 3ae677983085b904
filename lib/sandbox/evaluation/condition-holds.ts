import type { Case } from './case.ts'
import { operatorOf } from './condition-operators.ts'
import { type Layer, listOf, type OneOrMany, type Statement } from './facts.ts'
import { variablesOf } from './policy-variables.ts'
import type { ContextEntry } from './request-context.ts'
import { valueHolds } from './value-holds.ts'

/** Where a statement stands. */
export interface Place {
  readonly layer: Layer
  readonly version: string | undefined
  readonly statement: Statement
}

interface Entry {
  readonly setOperator: string | undefined
  readonly operatorName: string
  readonly ifExists: boolean
  /** In lower case, as condition keys are compared. */
  readonly contextKey: string
  readonly values: readonly string[]
}

/**
 * Whether every entry of the Condition element holds: operators and keys are joined by AND, the values of a key by OR
 * (for negated operators NOR).
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionHolds(place: Place, kase: Case): boolean {
  return Object.entries(place.statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => entryHolds(entryOf(operator, key, values), place, kase)),
  )
}

function entryOf(operator: string, key: string, values: OneOrMany<string | number | boolean>): Entry {
  const [, setOperator, operatorName = '', ifExists] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  return {
    setOperator,
    operatorName,
    ifExists: ifExists !== undefined,
    contextKey: key.toLowerCase(),
    values: listOf(values).map(String),
  }
}

function entryHolds(entry: Entry, place: Place, kase: Case): boolean {
  const { setOperator, operatorName, contextKey } = entry
  // The same entry in two statements is one question: AWS reads both the same way.
  const asked = { ...entry, version: place.version }
  if (readsWhatKeyPoliciesCannot(entry, place, kase)) {
    return kase.ask('KMS supports tags and aliases in IAM policies only, not in key policies', asked, false)
  }
  const found = kase.context.get(contextKey)
  if (operatorName === 'Null' && setOperator === undefined && !entry.ifExists) {
    return nullHolds(entry, found, place.statement, kase)
  }
  const operator = operatorOf(operatorName)
  if (!operator) return kase.ask(`\`${operatorName}\` is no condition operator`, asked, false)
  const comparison = { operator, policyValues: entry.values, version: place.version, asked }
  const holdsFor = (value: string) => valueHolds(value, comparison, kase)
  if (found?.isAmbiguous) {
    // "either … or …, but not both": IAM User Guide, "aws:ResourceTag". Read as the one, the other or neither, it holds
    // only if it does for a value, or without any.
    const holdsWithout = operator.isNegated === true || entry.ifExists || setOperator === 'ForAllValues'
    const mayHold = holdsWithout || found.values.some(holdsFor)
    return mayHold && kase.ask('two names that differ only by case carry the condition key', asked, false)
  }
  const set = () => (isNullSet(found, contextKey, kase) ? [] : (found?.values ?? []))
  if (setOperator === 'ForAllValues') return set().every(holdsFor)
  if (setOperator === 'ForAnyValue' && entry.ifExists && !found) {
    return kase.ask('ForAnyValue is false without the key, IfExists is true', asked, true)
  }
  if (setOperator === 'ForAnyValue') return set().some(holdsFor)
  if (setOperator !== undefined) return kase.ask(`\`${setOperator}\` is no set operator`, asked, false)
  if (!found) return entry.ifExists || operator.isNegated === true
  const { values, isMultivalued } = found
  // "Multivalued context keys require a condition set operator": which one is meant, or none, matters if a value holds.
  if (isMultivalued) return values.some(holdsFor) && kase.ask('a multivalued key without a set operator', asked, true)
  return holdsFor(values[0] ?? '')
}

// KMS Developer Guide, "ABAC for AWS KMS": aws:ResourceTag and kms:ResourceAliases are valid only in IAM policies.
function readsWhatKeyPoliciesCannot(
  { contextKey, values }: Entry,
  { layer, version }: Place,
  { facts }: Case,
): boolean {
  if (layer !== 'resourcePolicy' || facts.resource.type !== 'kms-key') return false
  const read = [contextKey, ...values.flatMap((value) => variablesOf(value, version))]
  return read.some((key) => key.startsWith('aws:resourcetag/') || key === 'kms:resourcealiases')
}

// "true (the key doesn't exist, it is null) or false (the key exists and its value is not null)". An empty text is a
// value, but beside a set operator Null with false is said to keep out "context keys with empty values", too:
// IAM User Guide, "Multivalued context key examples".
function nullHolds({ contextKey, values }: Entry, found: ContextEntry | undefined, statement: Statement, kase: Case) {
  const asks = (answer: string) => values.some((value) => value.toLowerCase() === answer)
  if (!found) return asks('true')
  return asks('false') && !(isInSetOperator(contextKey, statement) && isNullSet(found, contextKey, kase))
}

function isInSetOperator(contextKey: string, { Condition = {} }: Statement): boolean {
  return Object.entries(Condition).some(
    ([operator, keys]) => operator.includes(':') && Object.keys(keys).some((key) => key.toLowerCase() === contextKey),
  )
}

// Without the key ForAllValues is true and ForAnyValue false: IAM User Guide, "Single-valued vs. multivalued context
// keys". "Condition operators" says so of "a null dataset, such as an empty string", too; the former page does not.
function isNullSet(found: ContextEntry | undefined, contextKey: string, { ask }: Case): boolean {
  if (!found) return true
  if (found.values.some((value) => value !== '')) return false
  return ask('whether an empty text is a null data set', contextKey, true)
}
