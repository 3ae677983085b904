export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The name under which the browser keeps the choice. */
export const STORED_AS = 'untag.theme'
export const DARK_CLASS = 'awsui-dark-mode'
export const PREFERS_DARK = '(prefers-color-scheme: dark)'

/**
 * Runs before the first paint, so that a dark page never flashes white. It is text because nothing of the bundle is
 * there yet, and it carries the nonce of the page's content security policy.
 */
export const themeScript = `(()=>{let t;try{t=JSON.parse(localStorage.getItem('${STORED_AS}'))}catch{}
document.body.classList.toggle('${DARK_CLASS}',t==='dark'||t!=='light'&&matchMedia('${PREFERS_DARK}').matches)})()`
