import { isWholeArnPattern } from './arn-pattern.ts'
import type { Case } from './case.ts'
import type { Operator } from './condition-operators.ts'
import { type Resolved, resolveVariables, variablesOf } from './policy-variables.ts'
import { hasWildcard, matchesPattern, tokensOf, withActingValues } from './wildcard.ts'

/** What a value of the request is held against. */
export interface Comparison {
  readonly operator: Operator
  readonly policyValues: readonly string[]
  readonly version: string | undefined
  /** The place of questions that come up. */
  readonly asked: object
}

/**
 * Whether one value of the request satisfies the operator: it matches one of the policy's values, or, for a negated
 * operator, none of them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function valueHolds(value: string, comparison: Comparison, kase: Case): boolean {
  const { operator, policyValues, asked } = comparison
  if (operator.isNegated && operator.understands?.(value) === false) {
    return kase.ask('a negated operator on a value that it cannot read', { ...asked, value }, true)
  }
  const matches = policyValues.some((policyValue) => matchesOne(value, policyValue, comparison, kase))
  return matches !== (operator.isNegated === true)
}

function matchesOne(value: string, policyValue: string, comparison: Comparison, kase: Case): boolean {
  const { operator } = comparison
  const ask = (reason: string, ours: boolean) => kase.ask(reason, { ...comparison.asked, value, policyValue }, ours)
  const tokens = resolved(policyValue, comparison, kase, ask)
  // A variable without a value equals nothing, so that a negated operator holds.
  if (tokens === 'noValue') return false
  if (tokens === 'undocumented') return ask('a variable whose key has many values or two names', false)
  const acting = withActingValues(tokens)
  if (operator.isForArns && !isWholeArnPattern(tokens)) {
    // Component by component it matches nothing; whether its wildcards reach over colons is not said.
    const mayReach = hasWildcard(acting) && matchesPattern(value, acting)
    return mayReach && ask('an ARN pattern of fewer than six components', false)
  }
  const literally = operator.matches(value, tokens)
  if (literally === operator.matches(value, acting)) return literally
  return ask('whether a wildcard inside a variable’s value acts as one', literally)
}

function resolved(
  policyValue: string,
  { operator, version }: Comparison,
  { context }: Case,
  ask: (reason: string, ours: boolean) => boolean,
): Resolved {
  const isOpen = operator.variables === 'undocumented' && variablesOf(policyValue, version).length > 0
  const resolves = operator.variables === 'yes' || (isOpen && ask('whether Bool knows policy variables', true))
  return resolves ? resolveVariables(policyValue, version, context) : tokensOf(policyValue)
}
