/**
 * Sets of elements that reach every combination of truths which a set that is not empty can reach. What is seen of a set
 * must follow from what is seen of its parts, as it does when it hangs on which elements are inside and not on how many.
 * `undefined` when there are more than `setsMax`.
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
  // A map is walked through in the order of insertion, what is added on the way included.
  for (const set of found.values()) {
    for (const element of cells) if (!set.includes(element)) add(found, [...set, element], seen)
    if (found.size > setsMax) return undefined
  }
  return [...found.values()]
}

function add(found: Map<string, readonly string[]>, set: readonly string[], seen: (set: readonly string[]) => string) {
  const key = seen(set)
  if (!found.has(key)) found.set(key, set)
}
