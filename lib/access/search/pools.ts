import { hasVariable, type Pattern } from '../pattern.ts'
import type { Atom, SearchFacts } from '../situation.ts'
import { type Demands, demand, demandForm, noDemands } from './demands.ts'
import { filled } from './globs.ts'
import { type KeyGroup, keysOf } from './groups.ts'
import { type KeyValues, valuesOfKey } from './key-values.ts'
import type { SearchLimits } from './limits.ts'
import { substringsThatMatch } from './substrings.ts'

/** The alias by which the request named the key. KMS Developer Guide, "AWS KMS condition keys". */
const REQUEST_ALIAS = 'kms:requestalias'

/** The single values to try for each key of a group. Keys that are held against one another share theirs. */
export function poolsOf(group: KeyGroup, facts: SearchFacts, limits: SearchLimits): Map<string, KeyValues> {
  const { joined } = group
  const shared = noDemands()
  const pools = new Map<string, KeyValues>()
  let isListed = true
  for (const key of group.keys) {
    const demands = joined.has(key) ? shared : noDemands()
    demandForm(demands, facts.keyFacts(key))
    if (key === REQUEST_ALIAS) for (const alias of facts.aliases) demands.literals.add(alias)
    const isKeyListed = gather(key, group, demands)
    if (joined.has(key)) isListed &&= isKeyListed
    else pools.set(key, poolOf(key, demands, isKeyListed, facts, { ...limits, stringsPerCell: 1 }))
  }
  for (const text of filledWith([...shared.literals, ...shared.readable], group)) shared.readable.add(text)
  for (const key of joined) {
    pools.set(key, poolOf(key, shared, isListed, facts, { ...limits, stringsPerCell: joined.size }))
  }
  return pools
}

/** Texts that match where a variable stands in a pattern; they only matter to a sample. */
function filledWith(values: readonly string[], { atoms }: KeyGroup): string[] {
  const patterns = atoms.flatMap((atom) => atom.patterns.filter(hasVariable))
  return patterns.flatMap((pattern) => values.slice(0, FILLED_MAX).map((value) => filled(pattern, value)))
}

const FILLED_MAX = 10

function poolOf(
  key: string,
  demands: Demands,
  isListed: boolean,
  { keyFacts, aliases }: SearchFacts,
  limits: SearchLimits & { stringsPerCell: number },
): KeyValues {
  if (key === REQUEST_ALIAS) return { values: aliases, isComplete: true }
  const { values, isComplete } = valuesOfKey(key, demands, keyFacts(key), limits)
  return { values, isComplete: isComplete && isListed }
}

/** Collects what a group tells apart among the values of a key; false where that cannot be listed. */
function gather(key: string, { atoms, links }: KeyGroup, demands: Demands): boolean {
  let isListed = true
  for (const link of links) if (link.keys[0] === key) for (const name of link.names ?? []) demands.folded.add(name)
  const isInstant = links.some(({ keys }) => keys.includes(key) && keys.includes('aws:epochtime'))
  for (const atom of atoms) {
    const { subject, operator, patterns } = atom
    if (!('free' in subject)) {
      isListed &&= !keysOf(atom).includes(key) || gatherParts(key, atom, subject.known ?? [], demands)
    } else if (subject.free === key || isInstant) {
      for (const pattern of patterns) demand(demands, operator.base, pattern)
      // Set operators may take it for no value. IAM User Guide, "Single-valued vs. multivalued context keys".
      if (operator.set) demands.literals.add('')
    }
    for (const fallback of patterns.flatMap(fallbacksOf)) demands.literals.add(fallback)
  }
  return isListed
}

/** What a known text asks of the variable in a pattern: to be one of its parts. */
function gatherParts(key: string, { operator, patterns }: Atom, texts: readonly string[], demands: Demands): boolean {
  const into = operator.base === 'StringEqualsIgnoreCase' ? demands.folded : demands.literals
  return patterns
    .filter((pattern) => readsOnly(pattern, key))
    .every((pattern) =>
      texts.every((text) => {
        const parts = substringsThatMatch(pattern, text)
        for (const part of parts ?? []) into.add(part)
        return parts !== undefined
      }),
    )
}

const readsOnly = (pattern: Pattern, key: string) =>
  pattern.filter((token) => token.kind === 'variable' && token.contextKey === key).length === 1

const fallbacksOf = (pattern: Pattern) =>
  pattern.flatMap((token) => (token.kind === 'variable' && token.fallback !== undefined ? [token.fallback] : []))
