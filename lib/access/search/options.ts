import type { SearchFacts } from '../situation.ts'
import { reachableSets } from './element-sets.ts'
import { type KeyGroup, keysOf } from './groups.ts'
import type { SearchLimits } from './limits.ts'
import type { Values } from './links.ts'
import { poolsOf } from './pools.ts'
import { type Context, truthsIn } from './truths.ts'

/** What a key of a group can be, missing first; `isPartial` when not all that matters could be listed. */
export interface Option {
  readonly values: readonly Values[]
  readonly isPartial: boolean
}

/** The options of each key of a group, in an order in which links settle early. */
export function optionsOf(group: KeyGroup, facts: SearchFacts, limits: SearchLimits): Map<string, Option> {
  const pools = poolsOf(group, facts, limits)
  const leading = new Set(group.links.map(({ keys }) => keys[0]))
  const inOrder = [...leading, ...group.keys.filter((key) => !leading.has(key))]
  return new Map(
    inOrder.map((key) => {
      const { isMultivalued, isAlwaysPresent } = facts.keyFacts(key)
      const { values = [], isComplete = false } = pools.get(key) ?? {}
      const singles = values.map((value) => [value])
      const sets = isMultivalued ? reachableSets(values, whatIsSeen(group, key), limits.setsMax) : singles
      const present = distinct(group, key, sets ?? singles)
      return [
        key,
        {
          values: isAlwaysPresent ? present : [undefined, ...present],
          isPartial: !isComplete || sets === undefined,
        },
      ]
    }),
  )
}

/** One of the values that look alike, if the key is held against no other and hangs together with some. */
function distinct(
  group: KeyGroup,
  key: string,
  values: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const isHeldAgainstOthers = group.atoms.some((atom) => keysOf(atom).length > 1 && keysOf(atom).includes(key))
  if (group.keys.length === 1 || isHeldAgainstOthers) return values
  const seen = whatIsSeen(group, key)
  const found = new Map<string, readonly string[]>()
  for (const value of values) {
    const text = seen(value)
    if (!found.has(text)) found.set(text, value)
  }
  return [...found.values()]
}

/** What the atoms on this key alone, and its links, see of its values. */
function whatIsSeen(group: KeyGroup, key: string): (values: readonly string[]) => string {
  const own = { ...group, atoms: group.atoms.filter((atom) => keysOf(atom).every((each) => each === key)) }
  const facets = group.links.flatMap((link) => link.facets.filter((_, i) => link.keys[i] === key))
  return (values) => {
    const context: Context = new Map([[key, values]])
    const { codes } = truthsIn(own, context, () => false)
    return [codes.join(''), values.join('') === '', ...facets.map((facet) => facet(values))].join(' ')
  }
}
