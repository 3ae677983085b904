import type { Base } from '../comparisons.ts'
import { hasVariable, variablesOf } from '../pattern.ts'
import type { Atom, SearchFacts } from '../situation.ts'
import { type Link, linksAmong } from './links.ts'

/** Context keys that must be given values together, and the atoms that read them. */
export interface KeyGroup {
  readonly keys: readonly string[]
  readonly atoms: readonly Atom[]
  readonly links: readonly Link[]
  /** Keys that are held against one another, so that they take their values from one pool. */
  readonly joined: ReadonlySet<string>
  /** Atoms whose truth the values of the group do not settle. */
  readonly inexact: ReadonlySet<Atom>
}

/** Whether atoms that no list of values settles are left open, or tried with the values that there are. */
export type Mode = 'complete' | 'sampled'

/** Parts the free keys of the atoms into groups that are independent of one another. */
export function groupsOf(atoms: readonly Atom[], facts: SearchFacts, mode: Mode): KeyGroup[] {
  const keys = [...new Set(atoms.flatMap(keysOf))].sort()
  const texts = textKeys(atoms, keys, facts)
  const kinds = new Map(atoms.map((atom) => [atom, kindOf(atom, texts)]))
  const isSettled = (atom: Atom) => mode === 'sampled' || kinds.get(atom) !== 'inexact'
  const links = linksAmong(keys)
  const groups = connected(keys, [...links.map((link) => link.keys), ...atoms.filter(isSettled).map(keysOf)])
  return groups.map((members) => {
    const own = atoms.filter((atom) => members.has(keysOf(atom)[0] ?? ''))
    return {
      keys: [...members],
      atoms: own,
      links: links.filter((link) => members.has(link.keys[0])),
      joined: new Set(own.filter((atom) => isSettled(atom) && kinds.get(atom) !== 'apart').flatMap(keysOf)),
      inexact: new Set(own.filter((atom) => !isSettled(atom))),
    }
  })
}

/** The same keys, each on its own, for a group with too many combinations of values. */
export function apart(group: KeyGroup): KeyGroup[] {
  return group.keys.map((key) => {
    const own = group.atoms.filter((atom) => keysOf(atom)[0] === key)
    const inexact = new Set(own.filter((atom) => keysOf(atom).length > 1))
    return { keys: [key], atoms: own, links: [], joined: new Set(), inexact }
  })
}

/** The free keys that an atom reads, the one whose value it tests first. */
export function keysOf({ subject, patterns }: Atom): string[] {
  const variables = patterns.flatMap(variablesOf)
  return [...new Set('free' in subject ? [subject.free, ...variables] : variables)]
}

/** `apart`: the values of each key can be listed by themselves. `joined`: two keys are equal or not. */
type Kind = 'apart' | 'joined' | 'inexact'

/**
 * Operators by which a text equals a variable that stands alone. With wildcards only if the variable's value holds none,
 * as is taken for granted of free keys: `*` and `?` are allowed neither in tags nor in names, ids and ARNs of AWS.
 */
const equalities = new Set<Base>(['StringEquals', 'StringLike', 'ArnLike'])

function kindOf(atom: Atom, texts: ReadonlySet<string>): Kind {
  const withVariables = atom.patterns.filter(hasVariable)
  if (withVariables.length === 0) return 'apart'
  if (!('free' in atom.subject)) {
    return withVariables.every((pattern) => variablesOf(pattern).length === 1) ? 'apart' : 'inexact'
  }
  const isEquality = equalities.has(atom.operator.base)
  const standAlone = withVariables.every((pattern) => pattern.length === 1)
  return isEquality && standAlone && keysOf(atom).every((key) => texts.has(key)) ? 'joined' : 'inexact'
}

const textOperators = new Set<Base>([...equalities, 'StringEqualsIgnoreCase', 'Null'])

/** Keys with one text as value, of which nothing is asked but what a text tells. */
function textKeys(atoms: readonly Atom[], keys: readonly string[], { keyFacts }: SearchFacts): Set<string> {
  const others = new Set(
    atoms.flatMap(({ subject, operator }) =>
      'free' in subject && !textOperators.has(operator.base) ? [subject.free] : [],
    ),
  )
  return new Set(
    keys.filter((key) => {
      const { type, isMultivalued } = keyFacts(key)
      return (type === 'string' || type === 'arn') && !isMultivalued && !others.has(key)
    }),
  )
}

/** The sets into which the keys fall when all keys of an edge are in one. */
function connected(keys: readonly string[], edges: readonly (readonly string[])[]): Set<string>[] {
  const setOf = new Map(keys.map((key) => [key, new Set([key])]))
  for (const [first = '', ...rest] of edges) {
    const into = setOf.get(first) ?? new Set()
    for (const key of rest) for (const member of setOf.get(key) ?? []) setOf.set(member, into.add(member))
  }
  return [...new Set(setOf.values())]
}
