import { setTimeout as wait } from 'node:timers/promises'

const DAY_MS = 24 * 3600 * 1000

/**
 * Does something now and then once a day, until stopped; a day's failure is told to `onError` and the next day comes all
 * the same. `stop` ends the work by its signal and waits for it.
 */
export function daily(
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
      // Rejects when it is stopped, which is how this ends.
      await wait(DAY_MS, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  const running = run()
  return {
    async stop() {
      ending.abort()
      await running
    },
  }
}
