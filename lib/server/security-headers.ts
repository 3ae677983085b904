import type { ServerResponse } from 'node:http'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/**
 * The content security policy of one response. The development server needs `eval` for its stack traces and inserts
 * style elements without a nonce; Cloudscape's server-rendered markup carries style attributes.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return Object.entries({
    'default-src': `'none'`,
    'script-src': `'self' 'nonce-${nonce}'${dev ? ` 'unsafe-eval'` : ''}`,
    'style-src-elem': dev ? `'self' 'unsafe-inline'` : `'self' 'nonce-${nonce}'`,
    'style-src-attr': `'unsafe-inline'`,
    'img-src': `'self' data:`,
    'font-src': `'self' data:`,
    'connect-src': `'self'`,
    'base-uri': `'none'`,
    'form-action': `'self'`,
    'frame-ancestors': `'none'`,
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

/** Puts every security header on a response; who answers afterwards only adds to them. */
export function setSecurityHeaders(res: ServerResponse, policy: string): void {
  for (const [name, value] of Object.entries(always)) res.setHeader(name, value)
  res.setHeader('Content-Security-Policy', policy)
}
