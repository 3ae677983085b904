import type { Atom, SearchFacts } from '../situation.ts'
import { groupsOf, type KeyGroup, type Mode } from './groups.ts'
import { defaultLimits, type SearchLimits } from './limits.ts'
import { type Classes, classesOf } from './representatives.ts'

/** Groups that stay in memory; an account's policies have some hundreds. */
const CACHED_MAX = 2_000
const cache = new Map<string, Classes[]>()

/** The classes of all groups of free keys that the atoms read. Equal groups are worked out once. */
export function classesOfAll(atoms: readonly Atom[], facts: SearchFacts, limits: SearchLimits, mode: Mode): Classes[] {
  const settled = atoms.filter((atom) => !atom.opaque)
  return groupsOf(settled, facts, mode).flatMap((group) =>
    limits === defaultLimits ? remembered(group, facts, mode) : classesOf(group, facts, limits, mode),
  )
}

function remembered(group: KeyGroup, facts: SearchFacts, mode: Mode): Classes[] {
  const known = group.keys.map((key) => JSON.stringify(facts.keyFacts(key)))
  const id = [mode, ...known, ...facts.aliases, ...group.atoms.map(({ text }) => text)].join('\n')
  const cached = cache.get(id)
  if (cached) return cached
  if (cache.size >= CACHED_MAX) cache.clear()
  const classes = classesOf(group, facts, defaultLimits, mode)
  cache.set(id, classes)
  return classes
}
