import { useSyncExternalStore } from 'react'

const TICK_MS = 15_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  for (const listener of listeners) listener()
}

// Rounded to the tick, so that reading it twice in one render gives the same answer.
const read = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

/** The time in milliseconds since 1970, moving every 15 seconds; null on the server. One timer serves the whole page. */
export const useNow = () => useSyncExternalStore(subscribe, read, () => null)
