import type { SelectionTags } from '#lib/inventory/facets.ts'
import type { PlanRequest, Selection, TagChoice } from '#lib/selection.ts'

export type SelectionTag = SelectionTags['tags'][number]

/** The tag keys that are ticked, each with the values it is limited to; an empty list means every value. */
export type Choices = ReadonlyMap<string, readonly string[]>

/** Puts the keys that were asked for first; the others stay in their order. */
export function initialFirst(tags: readonly SelectionTag[], keys: readonly string[]): SelectionTag[] {
  const isAskedFor = ({ key }: SelectionTag) => Number(keys.includes(key))
  return [...tags].sort((a, b) => isAskedFor(b) - isAskedFor(a))
}

/** Ticks exactly these keys; those that were ticked before keep their values. */
export function chooseKeys(choices: Choices, keys: readonly string[]): Choices {
  return new Map(keys.map((key) => [key, choices.get(key) ?? []]))
}

/** Limits a ticked key to some of its values; none means all of them again. */
export function limitTo(choices: Choices, key: string, values: readonly string[]): Choices {
  return new Map([...choices, [key, values]])
}

/** How many tags a choice takes off, as far as the snapshot knows; the review counts again, live. */
export function countTags(choices: Choices, tags: readonly SelectionTag[]): number {
  return tags.reduce((total, tag) => total + resourcesOf(tag, choices.get(tag.key)), 0)
}

function resourcesOf(tag: SelectionTag, values: readonly string[] | undefined): number {
  if (values === undefined) return 0
  if (values.length === 0) return tag.resources
  return tag.values.reduce((sum, { value, resources }) => sum + (values.includes(value) ? resources : 0), 0)
}

/** What is sent to be planned. */
export function planRequest(selection: Selection, choices: Choices, includeServiceOwned: boolean): PlanRequest {
  const tags: TagChoice[] = [...choices].map(([key, values]) =>
    values.length === 0 ? { key } : { key, onlyValues: [...values] },
  )
  return { selection, tags, includeServiceOwned }
}
