import { createHash } from 'node:crypto'
import type { Tag } from '../tag.ts'
import { sortTags } from '../tag.ts'
import type { Direction } from './state.ts'

interface Changed {
  arn: string
  tags: readonly Tag[]
}

/**
 * The name of exactly this plan, SHA-256 in hex: two plans have the same digest only if they change the same tag keys
 * with the same values on the same resources in the same direction, in whatever order they are listed.
 */
export function planDigest(direction: Direction, items: readonly Changed[]): string {
  return digestOfLines(direction, items.map(digestLine))
}

/** What one resource adds to the digest of its plan. */
export function digestLine({ arn, tags }: Changed): string {
  return JSON.stringify([arn, sortTags(tags).map(({ key, value }) => [key, value])])
}

/** The digest of a plan from the lines of all its resources, in whatever order. */
export function digestOfLines(direction: Direction, lines: readonly string[]): string {
  return createHash('sha256')
    .update([direction, ...[...lines].sort()].join('\n'))
    .digest('hex')
}
