import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'

/** For so long queries follow each other before timers and sockets have their turn. One that takes longer is not cut. */
const TURN_MS = 20
/** Of so many queries in a row that are wanted urgently, the next one is somebody else's. */
const URGENT_IN_A_ROW = 8

const inHaste = new AsyncLocalStorage<true>()

/** Does work whose queries go before those of others: calls to AWS wait for them at the pace of a quota. */
export function urgently<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  // Drizzle asks only once it is waited for: that must be in here, too.
  return inHaste.run(true, async () => work())
}

/**
 * What is queued is done one after the other, what is urgent first, and the event loop turns in between: the embedded
 * database answers without leaving the turn, so queries in a row would keep timers and sockets waiting and calls would
 * leave in bursts. Not after each query, or a page being drawn would hold them all up every time.
 */
class Turns {
  readonly #urgent: (() => Promise<void>)[] = []
  readonly #others: (() => Promise<void>)[] = []
  #urgentInARow = 0
  #isUnderWay = false
  #turnBegan = 0

  take<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const queue = inHaste.getStore() ? this.#urgent : this.#others
    queue.push(AsyncLocalStorage.bind(() => work().then(resolve, reject)))
    if (!this.#isUnderWay) void this.#workOff()
    return promise
  }

  async #workOff(): Promise<void> {
    this.#isUnderWay = true
    while (this.#urgent.length + this.#others.length > 0) {
      if (performance.now() - this.#turnBegan >= TURN_MS) {
        await letOthersRun()
        this.#turnBegan = performance.now()
      }
      await this.#next()?.()
    }
    this.#isUnderWay = false
  }

  #next(): (() => Promise<void>) | undefined {
    const othersTurn = this.#urgentInARow >= URGENT_IN_A_ROW && this.#others.length > 0
    const urgent = othersTurn ? undefined : this.#urgent.shift()
    this.#urgentInARow = urgent ? this.#urgentInARow + 1 : 0
    return urgent ?? this.#others.shift()
  }
}

/** Lets everybody who asks the embedded database take turns. */
export function takeTurns(client: PGlite): PGlite {
  const turns = new Turns()
  const { query, exec, transaction } = client
  return Object.assign(client, {
    query: (...asked: Parameters<typeof query>) => turns.take(() => query.apply(client, asked)),
    exec: (...asked: Parameters<typeof exec>) => turns.take(() => exec.apply(client, asked)),
    transaction: (...asked: Parameters<typeof transaction>) => turns.take(() => transaction.apply(client, asked)),
  })
}
