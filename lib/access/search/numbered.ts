import { type Atom, placeOf, type Shape, type Situation } from '../situation.ts'
import type { Class, Classes } from './representatives.ts'
import { UNDOCUMENTED, UNSET } from './truths.ts'

/** A situation in numbers: its atoms by index, and the groups of keys that settle them. */
export interface Numbered {
  readonly shape: Shape
  readonly atoms: readonly Atom[]
  readonly statements: readonly NumberedStatement[]
  readonly groups: readonly Group[]
  /** The group that settles an atom; undefined for one that no context settles. */
  readonly groupOf: readonly (Group | undefined)[]
  /** The truths that atoms have in every context; unset where contexts differ. */
  readonly initial: Uint8Array
}

/** A statement: the atoms that must all hold on each side; `null`: it cannot match. */
export interface NumberedStatement {
  readonly place: number
  readonly pointer: string
  readonly before: readonly number[] | null
  readonly after: readonly number[] | null
  readonly isChanged: boolean
}

export interface Group {
  readonly keys: readonly string[]
  /** The atoms that its classes settle, in the order of their codes. */
  readonly atoms: readonly number[]
  readonly classes: readonly Class[]
}

/** Numbers a situation. Neither the order of its statements nor that of their atoms leaves a trace. */
export function numbered(situation: Situation, atoms: readonly Atom[], all: readonly Classes[]): Numbered {
  const indices = new Map(atoms.map((atom, i) => [atom.text, i]))
  const initial = new Uint8Array(atoms.length).fill(UNDOCUMENTED)
  const groupOf: (Group | undefined)[] = []
  const groups = all.map(({ group, classes }) => {
    const numbers = group.atoms.map(({ text }) => indices.get(text) ?? 0)
    const own: Group = { keys: group.keys, atoms: numbers, classes }
    numbers.forEach((atom, i) => {
      const [first, ...rest] = classes.map(({ codes }) => codes[i])
      initial[atom] = rest.every((code) => code === first) ? (first ?? UNSET) : UNSET
      groupOf[atom] = own
    })
    return own
  })
  return { shape: situation.shape, atoms, statements: statementsOf(situation, indices), groups, groupOf, initial }
}

/** The atoms of a situation in a fixed order, each once, as the sides read them. */
export function atomsOf({ statements }: Situation): Atom[] {
  const atoms = new Map<string, Atom>()
  for (const { before, after } of statements) {
    for (const atom of before ?? []) atoms.set(textOn('before', atom), named(atom, 'before'))
    for (const atom of after ?? []) atoms.set(textOn('after', atom), named(atom, 'after'))
  }
  return [...atoms.keys()].sort().flatMap((text) => atoms.get(text) ?? [])
}

/** What the removed tag may change without a trace is one atom before and another after. */
const textOn = (side: string, { text, opaque }: Atom) => (opaque?.perSide ? `${side} ${text}` : text)
const named = (atom: Atom, side: string): Atom => (atom.opaque?.perSide ? { ...atom, text: textOn(side, atom) } : atom)

function statementsOf({ statements }: Situation, indices: ReadonlyMap<string, number>): NumberedStatement[] {
  const numbersOf = (side: 'before' | 'after', atoms: readonly Atom[] | null) =>
    atoms && [...new Set(atoms.map((atom) => indices.get(textOn(side, atom)) ?? 0))].sort((a, b) => a - b)
  const numbered = statements.map((statement) => {
    const [before, after] = [numbersOf('before', statement.before), numbersOf('after', statement.after)]
    const text = `${placeOf(statement)} ${before} | ${after}`
    return {
      text,
      place: placeOf(statement),
      pointer: statement.pointer,
      before,
      after,
      isChanged: `${before}` !== `${after}`,
    }
  })
  const byText = Map.groupBy(numbered, ({ text }) => text)
  return [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? [])
}
