'use client'
import TopNavigation from '@cloudscape-design/components/top-navigation'
import Link from 'next/link'
import type { Identity } from '#lib/aws/identity.ts'
import { paths } from '#lib/paths.ts'
import { IdentityBadge } from './identity-badge.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export const TOP_BAR_ID = 'untag-top'

/** Product, identity, theme. Stays in sight while the page scrolls. */
export function TopBar({ identity }: { identity: Identity | null }) {
  return (
    <div id={TOP_BAR_ID} className="untag-top">
      <TopNavigation>
        <div className="untag-top-row">
          <Link href={paths.resources()} className="untag-product">
            Untag
          </Link>
          <span className="untag-top-end">
            {identity ? <IdentityBadge identity={identity} /> : <span>no AWS identity</span>}
            <ThemeMenu />
          </span>
        </div>
      </TopNavigation>
    </div>
  )
}
