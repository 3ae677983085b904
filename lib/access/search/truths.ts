import type { Truth } from '../comparisons.ts'
import { holds } from '../operators.ts'
import type { Atom } from '../situation.ts'
import { type KeyGroup, keysOf } from './groups.ts'
import type { Values } from './links.ts'

/** Part of a request's context: values of free keys, undefined where the request has no such key. */
export type Context = ReadonlyMap<string, Values>

/** The truth of an atom where a context has all the keys that it reads. */
export function truthIn({ subject, operator, patterns }: Atom, context: Context): Truth {
  const values = 'free' in subject ? context.get(subject.free) : subject.known
  return holds(operator, values, patterns, (key) => context.get(key))
}

/** Truths in one byte each, for the search reads them at every node. */
export const FALSE = 0
export const TRUE = 1
/** May be either: no list of values settles it. */
export const INEXACT = 2
/** May be either: AWS's documents do not say. */
export const UNDOCUMENTED = 3
/** Hangs on a key that has no value yet. */
export const UNSET = 4

/** The truths of a group's atoms in a context, and why those that are undocumented are. */
export interface Truths {
  readonly codes: Uint8Array
  readonly reasons: ReadonlyMap<number, string>
}

/** `isPartial` says of which keys not all values can be listed. */
export function truthsIn({ atoms, inexact }: KeyGroup, context: Context, isPartial: (key: string) => boolean): Truths {
  const codes = new Uint8Array(atoms.length)
  const reasons = new Map<number, string>()
  atoms.forEach((atom, i) => {
    if (isOpen(atom, inexact.has(atom), context, isPartial)) {
      codes[i] = INEXACT
      return
    }
    const truth = truthIn(atom, context)
    codes[i] = typeof truth === 'boolean' ? Number(truth) : UNDOCUMENTED
    if (typeof truth !== 'boolean') reasons.set(i, truth.undocumented)
  })
  return { codes, reasons }
}

/** An atom is settled all the same when the key that it tests is missing, or if it asks for no more than that. */
function isOpen(atom: Atom, isInexact: boolean, context: Context, isPartial: (key: string) => boolean) {
  const { subject, operator } = atom
  if (operator.base === 'Null' || ('free' in subject && context.get(subject.free) === undefined)) return false
  if (isInexact) return true
  return keysOf(atom).some((key) => context.get(key) !== undefined && isPartial(key))
}
