const STORE_EVERY_MS = 500

/** How far long work has come: stored at most twice a second, each new state at once. */
export class ProgressNote<Progress extends { readonly state: string }> {
  readonly #save: (progress: Progress) => Promise<unknown>
  #storing: Promise<unknown> = Promise.resolve()
  #state: string | undefined
  #storedAt = 0

  constructor(save: (progress: Progress) => Promise<unknown>) {
    this.#save = save
  }

  /** Notes it; storing goes on behind. */
  tell(progress: Progress): void {
    if (progress.state === this.#state && performance.now() - this.#storedAt < STORE_EVERY_MS) return
    this.#state = progress.state
    this.#storedAt = performance.now()
    // A failure to store shows in what is stored next.
    this.#storing = this.#storing.then(() => this.#save(progress)).catch(() => {})
  }

  /** Waits until what was told is stored, so that nothing late overwrites what comes after. */
  async settled(): Promise<void> {
    await this.#storing
  }
}
