import type { Atom } from '../situation.ts'
import { Bounds, decided, matchOf, type Quadrant } from './bounds.ts'
import type { Found } from './explore.ts'
import { keysOf } from './groups.ts'
import type { Numbered } from './numbered.ts'
import { type Context, truthIn, UNDOCUMENTED } from './truths.ts'

export interface Witness {
  /** No key can be left out of it: whatever the others are, the context stays in the quadrant. */
  readonly context: Context
  /** The statements that match on one side only, when the other keys are missing or as they mostly are. */
  readonly flipped: readonly string[]
}

/**
 * The smallest part of what was found that leads into the quadrant. Every truth is read anew from the values; undefined
 * if they do not lead there, which would be a fault of the search.
 */
export function witnessOf(numbered: Numbered, quadrant: Quadrant, found: Found): Witness | undefined {
  if (!holdsAt(numbered, quadrant, found)) return undefined
  const context = new Map(contextOf(found))
  for (const [key, values] of [...context]) {
    context.delete(key)
    if (!isIn(numbered, quadrant, context)) context.set(key, values)
  }
  return { context, flipped: flippedIn(numbered, truthsAt(numbered, whole(numbered, found, context))) }
}

/** Whether the values that were found lead into the quadrant. */
export function holdsAt(numbered: Numbered, quadrant: Quadrant, found: Found): boolean {
  return isIn(numbered, quadrant, contextOf(found))
}

/** The changed statements that match on one side only. */
export function flippedIn({ statements }: Numbered, truths: Uint8Array): string[] {
  const flips = statements.filter(({ before, after }) => matchOf(before, truths) !== matchOf(after, truths))
  return flips.map(({ pointer }) => pointer)
}

function contextOf({ choices }: Found): Context {
  const entries = [...choices.values()].flatMap(({ context }) => [...context])
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isIn(numbered: Numbered, quadrant: Quadrant, context: Context): boolean {
  return decided(new Bounds(numbered).of(truthsAt(numbered, context))) === quadrant
}

/** The truths that follow from the values; of atoms on further keys, those that hold in every context. */
function truthsAt({ atoms, initial }: Numbered, context: Context): Uint8Array {
  const truths = initial.slice()
  atoms.forEach((atom, i) => {
    if (atom.opaque || !isSettledBy(atom, context)) return
    const truth = truthIn(atom, context)
    truths[i] = typeof truth === 'boolean' ? Number(truth) : UNDOCUMENTED
  })
  return truths
}

/** Where the key that is tested is missing, it does not matter what it is held against. */
function isSettledBy(atom: Atom, context: Context): boolean {
  const { subject } = atom
  if ('free' in subject && context.has(subject.free) && context.get(subject.free) === undefined) return true
  return keysOf(atom).every((key) => context.has(key))
}

/** The witness with a class for every further key: missing, where it may be. */
function whole({ groups }: Numbered, { choices }: Found, witness: Context): Context {
  const contexts = groups.map((group) => (choices.get(group) ?? group.classes[0])?.context ?? new Map())
  return new Map([...contexts.flatMap((context: Context) => [...context]), ...witness])
}
