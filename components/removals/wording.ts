import { counted } from '#components/ui/counted.ts'
import type { Direction } from '#lib/removal/state.ts'
import type { ResourceType } from '#lib/resource.ts'

export const serviceNames = { key: 'KMS', secret: 'Secrets Manager' } as const satisfies Record<ResourceType, string>

/** The same machinery takes tags off and puts them back; only the words differ. */
export const directionWords = {
  remove: {
    review: 'remove',
    verb: 'Remove',
    running: 'Removing',
    title: 'Removal',
    on: 'from',
    past: 'removed',
    reverse: 'Put back',
    reversed: 'was put back',
  },
  putBack: {
    review: 'put back',
    verb: 'Put back',
    running: 'Putting back',
    title: 'Put-back',
    on: 'on',
    past: 'put back',
    reverse: 'Remove again',
    reversed: 'was removed again',
  },
} as const satisfies Record<Direction, Record<string, string>>

/** `Removal of 3 tags from 2 resources`: how a removal is called, whatever became of it. */
export function removalTitle(direction: Direction, tags: number, resources: number): string {
  const { title, on } = directionWords[direction]
  return `${title} of ${counted(tags, 'tag')} ${on} ${counted(resources, 'resource')}`
}

/** `Remove 3 tags from 2 resources`, `Put back 1 tag on 1 resource`. */
export function changeTitle(
  direction: Direction,
  tags: number,
  resources: number,
  word: 'review' | 'verb' | 'running',
) {
  const words = directionWords[direction]
  return `${words[word]} ${counted(tags, 'tag')} ${words.on} ${counted(resources, 'resource')}`
}

/** `12 s`, `4 min`, `2 h 5 min`: as exact as an estimate can be. */
export function durationText(seconds: number): string {
  if (seconds < 1) return 'less than a second'
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}

/** Whole percent; 100 only when all is done, so that 999 of 1,000 is not called finished. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part / whole) * 100)
}
