import type { Base } from './comparisons.ts'
import type { Entry } from './prepare.ts'
import { quoted } from './problem.ts'
import { spelledContextKey } from './reference.ts'

/** Values of a condition that a sentence repeats. */
const VALUES_MAX = 3

const relations: Record<Exclude<Base, 'Null'>, string> = {
  StringEquals: 'to equal',
  StringEqualsIgnoreCase: 'to equal, in any case,',
  StringLike: 'to be like',
  NumericEquals: 'to equal',
  NumericLessThan: 'to be less than',
  NumericLessThanEquals: 'to be at most',
  NumericGreaterThan: 'to be greater than',
  NumericGreaterThanEquals: 'to be at least',
  DateEquals: 'to equal',
  DateLessThan: 'to be before',
  DateLessThanEquals: 'to be at or before',
  DateGreaterThan: 'to be after',
  DateGreaterThanEquals: 'to be at or after',
  Bool: 'to be',
  BinaryEquals: 'to equal',
  IpAddress: 'to be inside',
  ArnLike: 'to be like',
}
const sets = { any: 'one of ', all: 'all of ' }

/**
 * What a requirement asks, in words: “aws:ResourceTag/owner to equal `billing`”. `values` are the texts of the policy;
 * `tagKeys` say how tag keys are spelled, which are lower-case in a parsed policy.
 */
export function describeEntry(entry: Entry, values: readonly string[], tagKeys: readonly string[]): string {
  const { operator } = entry
  const name = nameOf(entry.contextKey, tagKeys)
  if (operator === undefined) return `something of ${name}`
  if (operator.base === 'Null') return `${name} to be ${values[0] === 'true' ? 'absent' : 'present'}`
  const set = operator.set ? sets[operator.set] : ''
  const ifExists = operator.ifExists ? ', if present,' : ''
  const not = operator.negated ? ' not' : ''
  return `${set}${name}${ifExists}${not} ${relations[operator.base]} ${listed(values)}`
}

function nameOf(contextKey: string, tagKeys: readonly string[]): string {
  const name = spelledContextKey(contextKey)
  const tagKey = tagKeys.find((each) => contextKey.endsWith(`tag/${each.toLowerCase()}`))
  return tagKey === undefined ? name : `${name.slice(0, -tagKey.length)}${tagKey}`
}

function listed(texts: readonly string[]): string {
  const more = texts.length - VALUES_MAX
  const told = texts.slice(0, VALUES_MAX).map(quoted).join(' or ')
  return more > 0 ? `${told} or ${more} more` : told
}
