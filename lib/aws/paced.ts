import { setImmediate as letOthersRun } from 'node:timers/promises'
import pLimit from 'p-limit'
import { type ErrorCode, isExpectedError } from '../errors.ts'
import type { Pace } from './pace.ts'

/** How often a call is tried that failed in a way that passes by itself. Each time, the SDK has repeated it too. */
const attemptsAt: Partial<Record<ErrorCode, number>> = { throttled: 5, serviceError: 2 }

// A call takes a millisecond to sign and send. When many come due at once, each gets a turn of the event loop of its own.
const oneATurn = pLimit(1)

/**
 * Runs one call within its quota. A throttle that outlasts the SDK's own retries slows the pace and is tried again, and so
 * is, once, a failure of the service. For calls that may be repeated: what became of a write must be read first.
 */
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
      if (!isExpectedError(error)) throw error
      if (error.code === 'throttled') pace.throttled()
      if (attempt >= (attemptsAt[error.code] ?? 1)) throw error
    }
  }
}
