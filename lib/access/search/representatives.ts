import type { SearchFacts } from '../situation.ts'
import { apart, type KeyGroup, type Mode } from './groups.ts'
import type { SearchLimits } from './limits.ts'
import type { Link, Values } from './links.ts'
import { type Option, optionsOf } from './options.ts'
import { type Context, type Truths, truthsIn } from './truths.ts'

/** A group's keys with all that can be told apart of their values. */
export interface Classes {
  readonly group: KeyGroup
  /** Where all keys may be missing, the first class is that. */
  readonly classes: readonly Class[]
}

/** All contexts of a group in which its atoms have the same truths, by one of them. */
export interface Class extends Truths {
  readonly context: Context
}

/**
 * Which classes the contexts of a group fall into. In `complete` mode no context is left out, and what cannot be listed
 * is open; in `sampled` mode every class is real, and some may be left out. A group with too many combinations of values
 * comes back in pieces.
 */
export function classesOf(group: KeyGroup, facts: SearchFacts, limits: SearchLimits, mode: Mode): Classes[] {
  const options = optionsOf(group, facts, limits)
  const isPartial = (key: string) => mode === 'complete' && options.get(key)?.isPartial === true
  const links = group.links.filter(({ keys }) => !keys.some(isPartial))
  const found = new Map<string, Class>()
  let count = 0
  for (const context of combinations([...options], links, new Map())) {
    count += 1
    if (count > limits.combinationsMax && group.keys.length > 1) {
      if (mode === 'sampled') break
      return apart(group).flatMap((single) => classesOf(single, facts, limits, mode))
    }
    const truths = truthsIn(group, context, isPartial)
    const key = truths.codes.join('')
    if (!found.has(key)) found.set(key, { context: new Map(context), ...truths })
  }
  return [{ group, classes: [...found.values()] }]
}

/** Every choice of one option a key that the links allow. The map that it gives is one and the same, changed. */
function* combinations(
  [first, ...rest]: readonly (readonly [string, Option])[],
  links: readonly Link[],
  context: Map<string, Values>,
): Generator<Context> {
  if (!first) {
    yield context
    return
  }
  const [key, { values }] = first
  const settled = links.filter(
    ({ keys }) => keys.includes(key) && keys.every((each) => each === key || context.has(each)),
  )
  for (const value of values) {
    context.set(key, value)
    if (settled.every((link) => isFeasible(link, context))) yield* combinations(rest, links, context)
  }
  context.delete(key)
}

function isFeasible({ keys, facets, isFeasible: allows }: Link, context: Context): boolean {
  return allows(facets[0](context.get(keys[0])), facets[1](context.get(keys[1])))
}
