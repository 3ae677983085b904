import '@cloudscape-design/global-styles/index.css'
import './globals.css'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { themeScript } from '#components/shell/theme.ts'
import { Providers } from '#components/ui/providers.tsx'

export const metadata: Metadata = { title: { default: 'Untag', template: '%s · Untag' } }

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  // The gate hands the page's nonce to Next in this header, and to the browser in the answer's.
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
  return (
    <html lang="en">
      {/* The script below changes the class of the body before React sees it. */}
      <body suppressHydrationWarning>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it must run before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
