import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { AnalysisInput, Answer, Told } from './thread/messages.ts'

/** One analysis on a thread of its own, so that the event loop of the console stays free. */
export class AnalysisThread {
  readonly #worker: Worker
  readonly #signal: AbortSignal
  /** Resolves, never rejects, with why the thread can answer no more. */
  readonly #ended: Promise<Error>

  constructor(input: AnalysisInput, signal: AbortSignal) {
    // Flags of this process, such as those of a test runner, are not the thread's.
    this.#worker = new Worker(new URL('./thread/main.ts', import.meta.url), { workerData: input, execArgv: [] })
    this.#signal = signal
    this.#ended = once(this.#worker, 'exit').then(
      ([code]) => new Error(`the thread of the analysis ended with ${code}`),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
  }

  /**
   * Answers what the last step wanted and gives the next.
   *
   * @throws Error for a bug in the analysis, or why the signal was aborted
   */
  async next(answer: Answer = {}): Promise<Told> {
    this.#signal.throwIfAborted()
    const told = once(this.#worker, 'message', { signal: this.#signal })
    this.#worker.postMessage(answer)
    const first = await Promise.race([told, this.#ended])
    if (first instanceof Error) throw first
    return first[0] as Told
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
