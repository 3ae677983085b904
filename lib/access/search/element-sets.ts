/** Sets that are looked at for each that may be found. */
const TRIES_PER_SET = 16

/**
 * Sets of elements that reach every combination of truths which a set that is not empty can reach. What is seen of a set
 * must follow from what is seen of its parts, as it does when it hangs on which elements are inside and not on how many.
 * `undefined` when they are more than `setsMax`, or take too long to find.
 *
 * @param seen All that is seen of a set, as text.
 */
export function reachableSets(
  elements: readonly string[],
  seen: (set: readonly string[]) => string,
  setsMax: number,
): (readonly string[])[] | undefined {
  const found = new Map<string, readonly string[]>()
  for (const element of elements) add(found, [element], seen)
  const cells = [...found.values()].flat()
  let tries = 0
  // A map is walked through in the order of insertion, what is added on the way included.
  for (const set of found.values()) {
    tries += cells.length
    if (found.size > setsMax || tries > setsMax * TRIES_PER_SET) return undefined
    for (const element of cells) if (!set.includes(element)) add(found, [...set, element], seen)
  }
  return [...found.values()]
}

function add(found: Map<string, readonly string[]>, set: readonly string[], seen: (set: readonly string[]) => string) {
  const key = seen(set)
  if (!found.has(key)) found.set(key, set)
}
