import type { TagChoice } from '../selection.ts'
import type { SkipReason } from '../skip.ts'
import { isReservedTagKey, sortTags, type Tag } from '../tag.ts'
import type { Direction } from './state.ts'

/** What is asked of a resource: tag keys with whatever value they have, or exactly these tags as an earlier removal knew them. */
export type Wanted = { by: 'choice'; tags: readonly TagChoice[] } | { by: 'value'; tags: readonly Tag[] }

/**
 * The tags of a resource that a plan changes, with their values, or why there are none. `contested` are tag keys that an
 * earlier removal knew with another value than the present one; they are left alone.
 */
export function chooseTags(
  direction: Direction,
  wanted: Wanted,
  current: readonly Tag[],
): { tags: Tag[]; contested: string[]; skipped: SkipReason | null } {
  const values = new Map(current.map(({ key, value }) => [key, value]))
  const tags =
    wanted.by === 'choice'
      ? chosen(wanted.tags, values)
      : wanted.tags.filter(({ key, value }) => (direction === 'remove' ? values.get(key) === value : !values.has(key)))
  const contested =
    wanted.by === 'value' ? wanted.tags.filter(({ key, value }) => (values.get(key) ?? value) !== value) : []
  return {
    tags: sortTags(tags),
    contested: contested.map(({ key }) => key),
    skipped: tags.length > 0 ? null : whyNone(direction, wanted, values),
  }
}

type Values = ReadonlyMap<string, string>

function chosen(choices: readonly TagChoice[], values: Values): Tag[] {
  return choices.flatMap(({ key, onlyValues }) => {
    const value = values.get(key)
    if (value === undefined || isReservedTagKey(key)) return []
    return onlyValues && !onlyValues.includes(value) ? [] : [{ key, value }]
  })
}

function whyNone(direction: Direction, wanted: Wanted, values: Values): SkipReason {
  if (direction === 'putBack' && wanted.by === 'value') {
    return wanted.tags.every(({ key, value }) => values.get(key) === value) ? 'alreadyThere' : 'otherValue'
  }
  return wanted.tags.some(({ key }) => values.has(key)) ? 'valueDiffers' : 'absent'
}
