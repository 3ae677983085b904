import type { ReactNode } from 'react'
import { CameBackNotice } from '#components/removals/came-back-notice.tsx'
import { RunningNotice } from '#components/removals/running-notice.tsx'
import { ConsoleShell } from '#components/shell/console-shell.tsx'
import { pageActor } from '#lib/auth/actor.ts'
import { readIdentityAction } from './actions.ts'
import { runningRemovalsAction } from './removals/actions.ts'
import { watchedRemovalsAction } from './removals/afterwards-actions.ts'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const found = await pageActor()
  return (
    <ConsoleShell
      identity={found.ok ? found.actor.identity : null}
      readIdentity={readIdentityAction}
      notices={
        found.ok && (
          <>
            <RunningNotice runningRemovals={runningRemovalsAction} />
            <CameBackNotice watchedRemovals={watchedRemovalsAction} />
          </>
        )
      }
    >
      {children}
    </ConsoleShell>
  )
}
