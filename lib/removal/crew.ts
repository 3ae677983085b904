/**
 * Runs at most so many pieces of work at once; whoever starts one more waits for a free place, so nothing piles up
 * behind a slow service. The first failure is thrown at the next start or at the end, when all have come to rest.
 */
export class Crew {
  readonly #sizeMax: number
  readonly #running = new Set<Promise<void>>()
  #failure: { error: unknown } | undefined

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax
  }

  /** Starts the work as soon as there is a place for it. */
  async start(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#sizeMax) await Promise.race(this.#running)
    if (this.#failure) return this.finish()
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error }
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Waits for everything that was started. */
  async finish(): Promise<void> {
    await Promise.all(this.#running)
    if (this.#failure) throw this.#failure.error
  }
}
