import { createHash } from 'node:crypto'
import type { Tag } from '../tag.ts'
import { sortTags } from '../tag.ts'
import type { Direction } from './state.ts'

/**
 * The name of exactly this plan, SHA-256 in hex: two plans have the same digest only if they change the same tag keys
 * with the same values on the same resources in the same direction, in whatever order they are listed.
 */
export function planDigest(direction: Direction, items: readonly { arn: string; tags: readonly Tag[] }[]): string {
  const ordered = [...items].sort((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0))
  const lines = ordered.map(({ arn, tags }) =>
    JSON.stringify([arn, sortTags(tags).map(({ key, value }) => [key, value])]),
  )
  return createHash('sha256')
    .update([direction, ...lines].join('\n'))
    .digest('hex')
}
