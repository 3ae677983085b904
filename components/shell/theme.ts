import { useEffect, useSyncExternalStore } from 'react'
import { useStored } from '#components/ui/stored.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const STORED_AS = 'untag.theme'
const DARK_CLASS = 'awsui-dark-mode'
const PREFERS_DARK = '(prefers-color-scheme: dark)'

/**
 * Runs before the first paint, so that a dark page never flashes white. It is text because nothing of the bundle is
 * there yet, and it carries the nonce of the page's content security policy.
 */
export const themeScript = `(()=>{let t;try{t=JSON.parse(localStorage.getItem('${STORED_AS}'))}catch{}
document.body.classList.toggle('${DARK_CLASS}',t==='dark'||t!=='light'&&matchMedia('${PREFERS_DARK}').matches)})()`

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
