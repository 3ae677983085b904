import { setImmediate as letOthersRun } from 'node:timers/promises'
import pLimit from 'p-limit'
import { isExpectedError } from '../errors.ts'
import type { Pace } from './pace.ts'

const ATTEMPTS = 5

// A call takes a millisecond to sign and send. When many come due at once, each gets a turn of the event loop of its own.
const oneATurn = pLimit(1)

/** Runs one call within its quota. A throttle that outlasts the SDK's own retries slows the pace and is tried again. */
export async function pacedCall<Answer>(
  pace: Pace,
  call: () => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    await pace.take(signal)
    await oneATurn(() => letOthersRun())
    try {
      return await call()
    } catch (error) {
      if (!isExpectedError(error) || error.code !== 'throttled') throw error
      pace.throttled()
      if (attempt === ATTEMPTS) throw error
    }
  }
}
