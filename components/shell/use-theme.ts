'use client'
import { useEffect, useSyncExternalStore } from 'react'
import { useStored } from '#components/ui/stored.ts'
import { DARK_CLASS, PREFERS_DARK, STORED_AS, type Theme, themes } from './theme.ts'

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

function subscribe(listener: () => void) {
  const media = window.matchMedia(PREFERS_DARK)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** The theme that the operator chose, kept in this browser; `system` follows the system as it changes. */
export function useTheme() {
  const [theme, setTheme] = useStored<Theme>(STORED_AS, isTheme, 'system')
  const systemIsDark = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(PREFERS_DARK).matches,
    () => null,
  )
  useEffect(() => {
    if (systemIsDark === null) return
    document.body.classList.toggle(DARK_CLASS, theme === 'dark' || (theme === 'system' && systemIsDark))
  }, [theme, systemIsDark])
  return [theme, setTheme] as const
}
