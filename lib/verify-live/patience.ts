import { setTimeout as wait } from 'node:timers/promises'
import type { Place, Verdict } from './rule.ts'
import { didNotHold, held, notTested } from './rule.ts'

/**
 * Looks until something shows, at once and then again and again; the seconds that it took, undefined when patience ended
 * before.
 */
export async function secondsUntil(
  { patience, signal }: Pick<Place, 'patience' | 'signal'>,
  shows: () => Promise<boolean>,
): Promise<number | undefined> {
  const startedAt = performance.now()
  for (;;) {
    const isThere = await shows()
    const seconds = (performance.now() - startedAt) / 1000
    if (isThere) return seconds
    if (seconds + patience.everySeconds > patience.maxSeconds) return undefined
    await wait(patience.everySeconds * 1000, undefined, { signal })
  }
}

/** Whether something that AWS says happens within a time did; a wait that ended before that time tells nothing. */
export function within(limitSeconds: number, seconds: number | undefined, { maxSeconds }: Place['patience']): Verdict {
  if (seconds !== undefined) {
    const saw = `after ${seconds.toFixed(1)} s`
    return seconds <= limitSeconds ? held(saw) : didNotHold(`${saw}; documented are at most ${limitSeconds} s`)
  }
  const saw = `not within the ${maxSeconds} s that were waited`
  return maxSeconds >= limitSeconds ? didNotHold(saw) : notTested(`${saw}; it may take ${limitSeconds} s`)
}
