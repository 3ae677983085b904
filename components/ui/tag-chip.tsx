import type { Tag } from '#lib/tag.ts'
import { TagText } from './tag-text.tsx'
import { visibleText } from './visible-text.ts'

/** A tag as a chip, `key = value`, cut at the width of its place; the whole text is its title. */
export function TagChip({ tag, strong = false }: { tag: Tag; strong?: boolean }) {
  return (
    <span
      className={strong ? 'untag-chip untag-chip-strong' : 'untag-chip'}
      title={`${visibleText(tag.key)} = ${visibleText(tag.value)}`}
    >
      <span className="untag-chip-key">
        <TagText text={tag.key} />
      </span>
      <span className="untag-for-screen-readers"> = </span>
      <span className="untag-chip-value">
        <TagText text={tag.value} />
      </span>
    </span>
  )
}
