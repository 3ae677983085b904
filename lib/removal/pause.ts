import { setTimeout as wait } from 'node:timers/promises'

/** How work waits for what is not due yet: for so many milliseconds, or until the signal aborts. It never rejects for that. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/** Waits in real time. */
export const realPause: Pause = (ms, signal) => wait(ms, undefined, { signal }).catch(() => {})
