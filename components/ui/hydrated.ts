import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and in the first render of the browser; true once the browser's zone, storage and clock may be used. */
export const useHydrated = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
