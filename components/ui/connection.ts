import { useSyncExternalStore } from 'react'

/** How the page stands with its console: `ended` means that the session is over, `lost` that nobody answers. */
export type Connection = 'fine' | 'lost' | 'ended'

// One page has one console. Kept outside React, because answers may arrive before the first render is done.
let connection: Connection = 'fine'
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function set(next: Connection) {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

/** How the page stands with its console, as far as the last answer told. */
export const useConnection = () =>
  useSyncExternalStore<Connection>(
    subscribe,
    () => connection,
    () => 'fine',
  )

/** To be told of every call that was answered. */
export const noteSuccess = () => set('fine')

/** To be told of every call that failed; finds out what the failure means. */
export async function noteFailure(error: Error): Promise<void> {
  set(await diagnose(error))
}

/** Asks the console anew how we stand. */
export async function recheck(): Promise<Connection> {
  set(await ask())
  return connection
}

// Our own failures carry a `code`; the gate's and the network's do not.
const diagnose = async (error: Error): Promise<Connection> =>
  'code' in error ? (error.code === 'signedOut' ? 'ended' : 'fine') : ask()

async function ask(): Promise<Connection> {
  try {
    // The gate answers for every address but /api/health before Next is asked, and this one is a small file.
    const { status } = await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' })
    return status === 401 ? 'ended' : 'fine'
  } catch {
    return 'lost'
  }
}
