import { type Base, decodedBinary } from '../comparisons.ts'
import { arnPatternParts } from '../glob.ts'
import { hasVariable, type Pattern, patternText, plainText } from '../pattern.ts'
import type { KeyFacts } from '../situation.ts'
import { dateValue, numberValue } from '../values.ts'
import type { Glob } from './automaton.ts'
import { arnGlobs, completeArn, filled, globOf } from './globs.ts'

/** What the atoms on a context key tell apart among its values, by the kind of comparison. */
export interface Demands {
  readonly literals: Set<string>
  /** Literals of operators that ignore case. */
  readonly folded: Set<string>
  /** By their text, so that equal ones count once. */
  readonly globs: Map<string, readonly Glob[]>
  /** Texts that the globs match, for people to read. */
  readonly readable: Set<string>
  /** Literals as well. */
  readonly numbers: Set<number>
  /** In milliseconds since 1970; literals as well. */
  readonly dates: Set<number>
  readonly blocks: Set<string>
}

/** Nothing is told apart yet. */
export function noDemands(): Demands {
  return {
    literals: new Set(),
    folded: new Set(),
    globs: new Map(),
    readable: new Set(),
    numbers: new Set(),
    dates: new Set(),
    blocks: new Set(),
  }
}

/** Adds what an operator tells apart by a value of the policy; of one with variables, only the form. */
export function demand(demands: Demands, base: Base, pattern: Pattern): void {
  if (!hasVariable(pattern)) kinds[base](demands, pattern)
  else if (base === 'ArnLike') demands.globs.set('arn', [completeArn])
}

/** Adds that all values of a key have one form. */
export function demandForm({ globs, readable }: Demands, { type, form }: KeyFacts): void {
  if (type === 'arn') globs.set('arn', [completeArn])
  if (!form) return
  globs.set(patternText(form), [globOf(form)])
  readable.add(filled(form))
}

type Kind = (demands: Demands, pattern: Pattern) => void

const literal: Kind = ({ literals }, pattern) => literals.add(plainText(pattern) ?? '')
const folded: Kind = (demands, pattern) => demands.folded.add(plainText(pattern) ?? '')
const glob: Kind = (demands, pattern) => {
  if (plainText(pattern) !== undefined) return literal(demands, pattern)
  demands.globs.set(patternText(pattern), [globOf(pattern)])
  demands.readable.add(filled(pattern))
}
const arn: Kind = (demands, pattern) => {
  if (plainText(pattern) !== undefined && arnPatternParts(pattern)) return literal(demands, pattern)
  demands.globs.set(`arn ${patternText(pattern)}`, arnGlobs(pattern))
  demands.readable.add(filled(pattern))
}
const number: Kind = (demands, pattern) => {
  literal(demands, pattern)
  const boundary = numberValue(plainText(pattern) ?? '')
  if (boundary !== undefined) demands.numbers.add(boundary)
}
const date: Kind = (demands, pattern) => {
  literal(demands, pattern)
  const boundary = dateValue(plainText(pattern) ?? '')
  if (boundary !== undefined) demands.dates.add(boundary)
}
const block: Kind = ({ blocks }, pattern) => blocks.add(plainText(pattern) ?? '')
const binary: Kind = ({ literals }, pattern) => literals.add(decodedBinary(plainText(pattern) ?? ''))

const kinds: Record<Base, Kind> = {
  StringEquals: literal,
  StringEqualsIgnoreCase: folded,
  StringLike: glob,
  NumericEquals: number,
  NumericLessThan: number,
  NumericLessThanEquals: number,
  NumericGreaterThan: number,
  NumericGreaterThanEquals: number,
  DateEquals: date,
  DateLessThan: date,
  DateLessThanEquals: date,
  DateGreaterThan: date,
  DateGreaterThanEquals: date,
  Bool: folded,
  BinaryEquals: binary,
  IpAddress: block,
  ArnLike: arn,
  Null: () => {},
}
