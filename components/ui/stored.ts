import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const parsed = new Map<string, { text: string; value: unknown }>()

// Equal texts give the same object, because useSyncExternalStore compares by identity.
function load(name: string): unknown {
  let text: string | null = null
  try {
    text = localStorage.getItem(name)
    if (text === null) return undefined
    const known = parsed.get(name)
    if (known?.text === text) return known.value
    const value: unknown = JSON.parse(text)
    parsed.set(name, { text, value })
    return value
  } catch {
    return undefined
  }
}

/**
 * A preference that this browser remembers. `accept` guards against what an older version or a hand has written; where
 * storage is forbidden, the preference is the fallback.
 */
export function useStored<Value>(name: string, accept: (value: unknown) => value is Value, fallback: Value) {
  const stored = useSyncExternalStore(
    subscribe,
    () => load(name),
    () => undefined,
  )
  const store = useCallback(
    (value: Value) => {
      try {
        localStorage.setItem(name, JSON.stringify(value))
      } catch {
        return
      }
      for (const listener of listeners) listener()
    },
    [name],
  )
  return [accept(stored) ? stored : fallback, store] as const
}
