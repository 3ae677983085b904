import { setTimeout as wait } from 'node:timers/promises'

const LOOK_EVERY_MS = 400
// A dead worker's claims are given up after a minute, and the machine may be busy. A clock ten minutes wrong holds up nothing.
const LIMIT_MS = 5 * 60_000

/**
 * Looks again and again until there is something else than undefined and false. A look that fails is a look that found
 * nothing: the console may be down, or its database.
 *
 * @throws Error after the limit, with what the last look failed by
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | false>,
  { everyMs = LOOK_EVERY_MS, limitMs = LIMIT_MS } = {},
): Promise<Found> {
  const givesUpAt = performance.now() + limitMs
  let failure: unknown
  while (performance.now() < givesUpAt) {
    try {
      const found = await look()
      if (found !== undefined && found !== false) return found
      failure = undefined
    } catch (error) {
      failure = error
    }
    await wait(everyMs)
  }
  throw new Error(`waited ${limitMs / 1000} s in vain: ${what}${failure === undefined ? '' : ` (${failure})`}`)
}

/** What a blow was meant for is over. */
export class PassedBy extends Error {}
