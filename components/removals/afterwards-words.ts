import { counted } from '#components/ui/counted.ts'
import type { Removal } from '#lib/removal/read-removal.ts'

/** `2 tags came back`: a scan has seen them again. */
export const cameBackText = (tags: number) => (tags === 0 ? 'no tag came back' : `${counted(tags, 'tag')} came back`)

/** Until when scans look, and when one has: a watch that nobody has looked in says nothing. */
export function watchText(watch: NonNullable<Removal['watch']>, instant: (at: string) => string): string {
  const { until, isOver, lookedAt } = watch
  const looked = lookedAt === null ? 'no scan has looked at all of it' : `a scan looked last on ${instant(lookedAt)}`
  return `${isOver ? 'watched until' : 'being watched until'} ${instant(until)}; ${looked}`
}
