'use client'
import AppLayout from '@cloudscape-design/components/app-layout'
import SideNavigation from '@cloudscape-design/components/side-navigation'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useConnection } from '#components/ui/connection.ts'
import { useFollow } from '#components/ui/follow.ts'
import type { Identity } from '#lib/aws/identity.ts'
import { paths } from '#lib/paths.ts'
import { identityQuery, type ReadIdentity } from './queries.ts'
import { SessionEnded } from './session-ended.tsx'
import { ShellNotices } from './shell-notices.tsx'
import { TOP_BAR_ID, TopBar } from './top-bar.tsx'

const rooms = [
  { type: 'link', text: 'Resources', href: paths.resources() },
  { type: 'link', text: 'Tags', href: paths.tags() },
  { type: 'link', text: 'Removals', href: paths.removals() },
  { type: 'link', text: 'Audit log', href: paths.audit() },
  { type: 'link', text: 'Account access', href: paths.account() },
  { type: 'link', text: 'Settings', href: paths.settings() },
] as const

// A plan is on its way to become a removal.
const roomOf = (pathname: string) =>
  pathname.startsWith('/plans') ? paths.removals() : (rooms.find(({ href }) => pathname.startsWith(href))?.href ?? '')

interface ConsoleShellProps {
  identity: Identity | null
  readIdentity: ReadIdentity
  /** Flash messages of other rooms, for example of a removal that runs. */
  notices: ReactNode
  children: ReactNode
}

/** What surrounds every page: product and identity, the rooms, and what must be known wherever one is. */
export function ConsoleShell({ identity, readIdentity, notices, children }: ConsoleShellProps) {
  const router = useRouter()
  const follow = useFollow()
  const pathname = usePathname()
  const connection = useConnection()
  // Left to itself, the layout folds the rooms away when a page of another kind comes.
  const [roomsOpen, setRoomsOpen] = useState(true)
  const current = useQuery({
    ...identityQuery(readIdentity),
    ...(identity ? { initialData: identity } : {}),
    enabled: identity !== null && connection !== 'ended',
  })
  const client = useQueryClient()
  const isAnother = identity !== null && current.data !== undefined && current.data.scope !== identity.scope
  useEffect(() => {
    if (!isAnother) return
    // What stands on the page belongs to the identity before.
    void client.invalidateQueries()
    router.refresh()
  }, [isAnother, client, router])
  return (
    <>
      <TopBar identity={current.data ?? identity} />
      <AppLayout
        headerSelector={`#${TOP_BAR_ID}`}
        toolsHide
        navigationWidth={200}
        navigationOpen={roomsOpen}
        onNavigationChange={({ detail }) => setRoomsOpen(detail.open)}
        navigation={<SideNavigation activeHref={roomOf(pathname)} items={rooms} onFollow={follow} />}
        notifications={
          <ShellNotices connection={connection} identityError={current.error}>
            {notices}
          </ShellNotices>
        }
        content={children}
      />
      {connection === 'ended' && <SessionEnded />}
    </>
  )
}
