import { eq } from 'drizzle-orm'
import { impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

const STORE_EVERY_MS = 500

export interface Progress {
  state: 'reading' | 'analysing'
  done: number
  total: number
}

/** How far an analysis has come: stored at most twice a second, each new state at once. */
export class ProgressNote {
  readonly #store: Store
  readonly #impactId: string
  #storing: Promise<unknown> = Promise.resolve()
  #state: Progress['state'] | undefined
  #storedAt = 0

  constructor(store: Store, impactId: string) {
    this.#store = store
    this.#impactId = impactId
  }

  /** Notes it; storing goes on behind. */
  tell(progress: Progress): void {
    if (progress.state === this.#state && performance.now() - this.#storedAt < STORE_EVERY_MS) return
    this.#state = progress.state
    this.#storedAt = performance.now()
    const save = () => this.#store.db.update(impacts).set(progress).where(eq(impacts.id, this.#impactId))
    // A failure to store shows in what is stored next.
    this.#storing = this.#storing.then(save).catch(() => {})
  }

  /** Waits until what was told is stored, so that nothing late overwrites what comes after. */
  async settled(): Promise<void> {
    await this.#storing
  }
}
