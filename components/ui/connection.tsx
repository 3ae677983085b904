'use client'
import { createContext, useContext } from 'react'

/** How the page stands with its console: `ended` means that the session is over, `lost` that nobody answers. */
export type Connection = 'fine' | 'lost' | 'ended'

export const ConnectionContext = createContext<Connection>('fine')

/** How the page stands with its console, as far as the last answer told. */
export const useConnection = () => useContext(ConnectionContext)

/** Finds out what a failed call means. Our own failures carry a `code`; the gate's and the network's do not. */
export async function diagnose(error: Error): Promise<Connection> {
  if ('code' in error) return error.code === 'signedOut' ? 'ended' : 'fine'
  try {
    // The gate answers for every address but /api/health, before Next is asked; a missing one costs nothing.
    const { status } = await fetch('/favicon.ico', { method: 'HEAD', cache: 'no-store' })
    return status === 401 ? 'ended' : 'fine'
  } catch {
    return 'lost'
  }
}
