'use client'
import Button from '@cloudscape-design/components/button'
import Flashbar from '@cloudscape-design/components/flashbar'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Connection } from '#components/ui/connection.ts'
import { isToldForAll, problemIn } from '#components/ui/problem.ts'
import { Prose } from '#components/ui/prose.tsx'
import { identityTitle } from './identity-titles.ts'

interface ShellNoticesProps {
  connection: Connection
  identityError: Error | null
  children: ReactNode
}

/** What every page must say: that nobody answers, that the credentials ended, and what the other rooms have to say. */
export function ShellNotices({ connection, identityError, children }: ShellNoticesProps) {
  const router = useRouter()
  if (connection === 'lost') {
    return (
      <Flashbar
        items={[
          {
            id: 'lost',
            type: 'warning',
            header: 'The console does not answer',
            content:
              'Look at the terminal that runs Untag, and start it again if it has ended: removals go on from where they were. Until then this page shows how things stood.',
          },
        ]}
      />
    )
  }
  return (
    <>
      {identityError && !isToldForAll(identityError, connection) && (
        <Flashbar
          items={[
            {
              id: 'identity',
              type: 'warning',
              header: identityTitle(problemIn(identityError)),
              content: <Prose text={problemIn(identityError).message} />,
              action: <Button onClick={() => router.refresh()}>Try again</Button>,
            },
          ]}
        />
      )}
      {children}
    </>
  )
}
