import { addressInRange, isAddress } from './addresses.ts'
import { arnMatches } from './arn-pattern.ts'
import { instantOf } from './instants.ts'
import { matchesPattern, type Token, textOf } from './wildcard.ts'

export interface Operator {
  /** Whether a value of the request matches one value of the policy. */
  readonly matches: (requestValue: string, policyValue: readonly Token[]) => boolean
  readonly isNegated?: boolean
  /** Policy variables in values; of Bool one page says that it has them and another that it has not. */
  readonly variables?: 'yes' | 'undocumented'
  readonly isForArns?: boolean
  /** Whether a value of the request is of the kind that the operator compares. */
  readonly understands?: (requestValue: string) => boolean
}

const equal: Operator = { matches: (value, policy) => value === textOf(policy), variables: 'yes' }
const equalIgnoringCase: Operator = {
  matches: (value, policy) => lower(value) === lower(textOf(policy)),
  variables: 'yes',
}
const like: Operator = { matches: matchesPattern, variables: 'yes' }
const arnLike: Operator = { matches: arnMatches, variables: 'yes', isForArns: true }
const bool: Operator = { matches: (value, policy) => lower(value) === lower(textOf(policy)), variables: 'undocumented' }
// "Compares the value of the specified key byte for byte against a base-64 encoded representation […] in the policy".
const binary: Operator = {
  matches: (value, policy) => Buffer.from(value).equals(Buffer.from(textOf(policy), 'base64')),
}
const address: Operator = { matches: (value, policy) => addressInRange(value, textOf(policy)), understands: isAddress }

const compare = {
  Equals: (left: number, right: number) => left === right,
  LessThan: (left: number, right: number) => left < right,
  LessThanEquals: (left: number, right: number) => left <= right,
  GreaterThan: (left: number, right: number) => left > right,
  GreaterThanEquals: (left: number, right: number) => left >= right,
}

/**
 * IAM's condition operators, without Null, which asks for the key and not for its value.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: equal,
  StringNotEquals: negated(equal),
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringNotEqualsIgnoreCase: negated(equalIgnoringCase),
  StringLike: like,
  StringNotLike: negated(like),
  NumericEquals: measured(numberOf, compare.Equals),
  NumericNotEquals: negated(measured(numberOf, compare.Equals)),
  NumericLessThan: measured(numberOf, compare.LessThan),
  NumericLessThanEquals: measured(numberOf, compare.LessThanEquals),
  NumericGreaterThan: measured(numberOf, compare.GreaterThan),
  NumericGreaterThanEquals: measured(numberOf, compare.GreaterThanEquals),
  DateEquals: measured(instantOf, compare.Equals),
  DateNotEquals: negated(measured(instantOf, compare.Equals)),
  DateLessThan: measured(instantOf, compare.LessThan),
  DateLessThanEquals: measured(instantOf, compare.LessThanEquals),
  DateGreaterThan: measured(instantOf, compare.GreaterThan),
  DateGreaterThanEquals: measured(instantOf, compare.GreaterThanEquals),
  Bool: bool,
  BinaryEquals: binary,
  IpAddress: address,
  NotIpAddress: negated(address),
  // "The ArnEquals and ArnLike condition operators behave identically."
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: negated(arnLike),
  ArnNotLike: negated(arnLike),
}

/** The operator of that name, the set operator in front of it and IfExists behind it taken off. */
export function operatorOf(name: string): Operator | undefined {
  return Object.hasOwn(operators, name) ? operators[name] : undefined
}

function negated(operator: Operator): Operator {
  return { ...operator, isNegated: true }
}

function measured(
  measureOf: (text: string) => number | undefined,
  holds: (requestValue: number, policyValue: number) => boolean,
): Operator {
  return {
    matches: (value, policy) => {
      const [left, right] = [measureOf(value), measureOf(textOf(policy))]
      return left !== undefined && right !== undefined && holds(left, right)
    },
    understands: (value) => measureOf(value) !== undefined,
  }
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function lower(text: string): string {
  return text.toLowerCase()
}
