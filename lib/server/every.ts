import { setTimeout as wait } from 'node:timers/promises'

/**
 * Does something now and then again so many milliseconds after it was done, until stopped; a failure is told to `onError`
 * and the next time comes all the same. `stop` ends the work by its signal and waits for it.
 */
export function every(
  pauseMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
      // Rejects when it is stopped, which is how this ends.
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {})
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
