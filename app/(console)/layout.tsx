import type { ReactNode } from 'react'
import { ConsoleShell } from '#components/shell/console-shell.tsx'
import { pageActor } from '#lib/auth/actor.ts'
import { readIdentityAction } from './actions.ts'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const found = await pageActor()
  return (
    <ConsoleShell identity={found.ok ? found.actor.identity : null} readIdentity={readIdentityAction} notices={null}>
      {children}
    </ConsoleShell>
  )
}
