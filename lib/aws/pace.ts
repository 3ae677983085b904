import { setTimeout as wait } from 'node:timers/promises'
import { type Quota, quotas } from './quotas.ts'

/** Time as the pace sees it, in milliseconds; tests bring their own. */
export interface PaceClock {
  now(): number
  wait(delayMs: number, signal: AbortSignal | undefined): Promise<void>
}

const realClock: PaceClock = {
  now: () => performance.now(),
  wait: (delayMs, signal) => wait(delayMs, undefined, signal && { signal }),
}

// A throttle lowers the rate once, however many calls in flight hear of it; then it creeps back by a share of the
// ceiling each second. A rejected request takes no token from AWS's bucket, so erring upwards a little loses nothing.
const SLOWDOWN = 0.85
const SLOWDOWN_EVERY_MS = 1000
const CREEP_PER_SECOND = 0.02
const RATE_MIN_SHARE = 0.02
// How far behind its schedule a busy process may be and still catch up; more would arrive at AWS as a burst.
const CATCH_UP_MS = 250

/**
 * Spaces the calls that share one of AWS's request quotas evenly, so that they come just under the rate allowed, and
 * yields to other users of the same quota when AWS throttles.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
 */
export class Pace {
  readonly #quotaPerSecond: number
  readonly #clock: PaceClock
  #ceiling: number
  #rate: number
  #rateAt: number
  #nextAt: number
  #slowedAt = Number.NEGATIVE_INFINITY

  constructor(quotaPerSecond: number, share: number, clock: PaceClock = realClock) {
    this.#quotaPerSecond = quotaPerSecond
    this.#clock = clock
    this.#ceiling = quotaPerSecond * share
    this.#rate = this.#ceiling
    this.#rateAt = clock.now()
    this.#nextAt = clock.now()
  }

  /** The rate that is kept right now. */
  get perSecond(): number {
    return this.#creep()
  }

  /** Changes how much of the quota may be used, between 0 and 1. */
  allow(share: number): void {
    const ceiling = this.#quotaPerSecond * share
    if (ceiling === this.#ceiling) return
    this.#rate = (this.#creep() / this.#ceiling) * ceiling
    this.#ceiling = ceiling
  }

  /** Resolves when the next call may be sent. Rejects when the signal aborts first. */
  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const now = this.#clock.now()
    const sendAt = Math.max(this.#nextAt, now - CATCH_UP_MS)
    this.#nextAt = sendAt + 1000 / this.#creep()
    if (sendAt - now >= 1) await this.#clock.wait(sendAt - now, signal)
  }

  /** Says that AWS answered one of these calls with a throttle. */
  throttled(): void {
    const now = this.#clock.now()
    if (now - this.#slowedAt < SLOWDOWN_EVERY_MS) return
    this.#rate = Math.max(this.#creep() * SLOWDOWN, this.#ceiling * RATE_MIN_SHARE)
    this.#slowedAt = now
  }

  #creep(): number {
    const now = this.#clock.now()
    const elapsedSeconds = (now - this.#rateAt) / 1000
    this.#rate = Math.min(this.#ceiling, this.#rate + this.#ceiling * CREEP_PER_SECOND * elapsedSeconds)
    this.#rateAt = now
    return this.#rate
  }
}

const paces = new Map<string, Pace>()

/** The pace of one quota in one account and Region; everybody in the process who spends that quota shares it. */
export function paceOf(account: string, region: string, quota: Quota, share: number): Pace {
  const name = `${account}/${region}/${quota}`
  let pace = paces.get(name)
  if (!pace) {
    pace = new Pace(quotas[quota], share)
    paces.set(name, pace)
  }
  pace.allow(share)
  return pace
}
