import { expect } from 'vitest'
import { parseOperator, readingOf } from '../operators.ts'
import { patternText, tokenize } from '../pattern.ts'
import type { Atom, KeyFacts, LiveStatement, SearchFacts, Shape, Situation, Verdict } from '../situation.ts'
import { searchSituation } from './search.ts'

/** `['StringLike', 'k', 'a*']` asks it of the free key k, `['StringLike', { known: ['x'] }, 'a*']` of a known value. */
export type Ask = readonly [operator: string, subject: string | { known: readonly string[] }, ...values: string[]]

/** One entry of a Condition block. */
export function atom([name, tested, ...values]: Ask): Atom {
  const operator = parseOperator(name)
  if (!operator) throw new Error(`no operator ${name}`)
  const patterns = values.map((value) => tokenize(value, readingOf(operator, true)))
  const subject = typeof tested === 'string' ? { free: tested } : tested
  const texts = [...new Set(patterns.map(patternText))].sort()
  return { text: JSON.stringify([name, tested, texts]), subject, operator, patterns }
}

/** A policy variable. */
export const the = (key: string) => `\${${key}}`

/** An atom that AWS's documents leave open. */
export function opaque(text: string, perSide = false): Atom {
  return { ...atom(['Null', { known: [] }, 'true']), text, opaque: { reason: `nobody says ${text}`, perSide } }
}

export type Side = readonly Atom[] | null

/** A statement of an identity policy. */
export function allow(before: Side, after: Side = before): LiveStatement {
  return { slot: 'identity', level: 0, effect: 'Allow', pointer: '', before, after }
}

export function deny(before: Side, after: Side = before): LiveStatement {
  return { ...allow(before, after), effect: 'Deny' }
}

/** An Allow, or a Deny, that the removal ends. */
export const ends = (...asks: readonly Ask[]) => allow(asks.map(atom), null)
export const lifted = (...asks: readonly Ask[]) => deny(asks.map(atom), null)
/** One that stands before and after. */
export const allowed = (...asks: readonly Ask[]) => allow(asks.map(atom))
export const denied = (...asks: readonly Ask[]) => deny(asks.map(atom))

/** What a search finds. */
export const none = { effect: [], flipped: [] }
export const loss = { effect: ['loss'] } as const

/** Facts of keys by name: `n` is numeric, `s` may have several values, `f` ends in `:b`, `v` and all others are texts. */
const types: Readonly<Record<string, KeyFacts['type']>> = {
  n: 'numeric',
  d: 'date',
  i: 'ipAddress',
  b: 'bool',
  a: 'arn',
  'aws:currenttime': 'date',
  'aws:epochtime': 'date',
  'aws:multifactorauthage': 'numeric',
  'aws:multifactorauthpresent': 'bool',
}
const multivalued = new Set(['s', 'aws:tagkeys', 'kms:encryptioncontextkeys'])
const always = new Set(['aws:currenttime', 'aws:epochtime'])

export const facts: SearchFacts = {
  keyFacts: (key) => ({
    type: types[key] ?? 'string',
    isMultivalued: multivalued.has(key),
    isAlwaysPresent: always.has(key),
    ...(key === 'f' && { form: tokenize('?*:b', { wildcards: true, variables: false }) }),
  }),
  aliases: ['alias/app', 'alias/web'],
}

const shape: Shape = {
  sides: 'identityOnly',
  hasBoundary: false,
  hasSessionPolicy: false,
  isRootUser: false,
  scpLevels: 0,
}

/** A situation in which identity policies alone decide. */
export function situation(...statements: readonly LiveStatement[]): Situation {
  return { shape, facts, statements: statements.map((each, i) => ({ ...each, pointer: `statement ${i}` })) }
}

/** What is to be found over all contexts of the statements. */
export type Row = readonly [rule: string, statements: readonly LiveStatement[], expected: Partial<Verdict>]

/** Expects what a row says, and that the search got to its end. */
export function expectDecided(statements: readonly LiveStatement[], expected: Partial<Verdict>): void {
  const verdict = searchSituation(situation(...statements))
  expect(verdict).toMatchObject(expected)
  expect(verdict.undecided).toBeUndefined()
}
