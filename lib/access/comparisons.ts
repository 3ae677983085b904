import { isArn, matchesArn, matchesPattern } from './glob.ts'
import { type Pattern, patternText, plainText } from './pattern.ts'
import { dateValue, isIn, numberValue } from './values.ts'

/** What AWS's documents answer; where they are silent, why. */
export type Truth = boolean | Undocumented

interface Undocumented {
  readonly undocumented: string
}

/** How the values of an operator are read and compared. */
export interface Comparison {
  readonly compare: (contextValue: string, pattern: Pattern) => Truth
  /** `*` and `?` act as wildcards. */
  readonly wildcards?: true
  /** Policy variables are for operators on strings and ARNs. IAM User Guide, "Policy variables". */
  readonly variables?: true
}

const sameText = (fold: (text: string) => string) => (contextValue: string, pattern: Pattern) =>
  fold(contextValue) === fold(plainText(pattern) ?? '')

const ordered =
  (read: (text: string) => number | undefined, what: string, holdsFor: (context: number, policy: number) => boolean) =>
  (contextValue: string, pattern: Pattern): Truth => {
    const [context, policy] = [read(contextValue), read(plainText(pattern) ?? '')]
    if (policy === undefined) return { undocumented: `\`${plainText(pattern)}\` in a condition is not ${what}` }
    if (context === undefined) return { undocumented: `\`${contextValue}\` in the request is not ${what}` }
    return holdsFor(context, policy)
  }

const orders = {
  Equals: (context: number, policy: number) => context === policy,
  LessThan: (context: number, policy: number) => context < policy,
  LessThanEquals: (context: number, policy: number) => context <= policy,
  GreaterThan: (context: number, policy: number) => context > policy,
  GreaterThanEquals: (context: number, policy: number) => context >= policy,
}

/**
 * How a value of the request is held against a value of the policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const comparisons = {
  StringEquals: { compare: sameText((text) => text), variables: true },
  StringEqualsIgnoreCase: { compare: sameText(foldCase), variables: true },
  StringLike: { compare: (value, pattern) => matchesPattern(pattern, value), wildcards: true, variables: true },
  NumericEquals: { compare: ordered(numberValue, 'a number', orders.Equals) },
  NumericLessThan: { compare: ordered(numberValue, 'a number', orders.LessThan) },
  NumericLessThanEquals: { compare: ordered(numberValue, 'a number', orders.LessThanEquals) },
  NumericGreaterThan: { compare: ordered(numberValue, 'a number', orders.GreaterThan) },
  NumericGreaterThanEquals: { compare: ordered(numberValue, 'a number', orders.GreaterThanEquals) },
  DateEquals: { compare: ordered(dateValue, 'a date', orders.Equals) },
  DateLessThan: { compare: ordered(dateValue, 'a date', orders.LessThan) },
  DateLessThanEquals: { compare: ordered(dateValue, 'a date', orders.LessThanEquals) },
  DateGreaterThan: { compare: ordered(dateValue, 'a date', orders.GreaterThan) },
  DateGreaterThanEquals: { compare: ordered(dateValue, 'a date', orders.GreaterThanEquals) },
  Bool: { compare: sameText(foldCase) },
  BinaryEquals: { compare: (value, pattern) => value === decodedBinary(plainText(pattern) ?? '') },
  IpAddress: { compare: inBlock },
  ArnLike: { compare: arnLike, wildcards: true, variables: true },
  Null: { compare: () => ({ undocumented: 'Null compares no values' }) },
} satisfies Record<string, Comparison>

/** The name of an operator without its qualifiers. */
export type Base = keyof typeof comparisons

/** Texts that …IgnoreCase operators hold to be equal have the same form. */
export function foldCase(text: string): string {
  return text.toLowerCase()
}

/** What a policy's base64 stands for, as text. */
export function decodedBinary(base64: string): string {
  return Buffer.from(base64, 'base64').toString()
}

function inBlock(contextValue: string, pattern: Pattern): Truth {
  const truth = isIn(contextValue, plainText(pattern) ?? '')
  return truth ?? { undocumented: `\`${contextValue}\` and \`${plainText(pattern)}\` are not both IP addresses` }
}

/**
 * What is no ARN matches nothing. How a pattern of fewer parts than an ARN (`*`, `arn:aws:*`) is completed is not told:
 * its last `*` may stand for the parts that are missing, or there may be wildcards for each.
 */
function arnLike(contextValue: string, pattern: Pattern): Truth {
  const truth = matchesArn(pattern, contextValue)
  if (truth !== undefined || !isArn(contextValue)) return truth ?? false
  const mayMatch = matchesPattern(pattern, contextValue) || matchesPattern([...pattern, ...MISSING_PARTS], contextValue)
  return mayMatch ? { undocumented: `\`${patternText(pattern)}\` has fewer parts than an ARN` } : false
}

const MISSING_PARTS: Pattern = [{ kind: 'text', text: ':' }, { kind: 'many' }]
