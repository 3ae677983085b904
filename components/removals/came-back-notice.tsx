'use client'
import Flashbar from '@cloudscape-design/components/flashbar'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { counted } from '#components/ui/counted.ts'
import { sentence } from '#components/ui/problem.ts'
import { SoftButton } from '#components/ui/soft-button.tsx'
import { useStored } from '#components/ui/stored.ts'
import { paths } from '#lib/paths.ts'
import type { ListRemovals } from './actions.ts'
import { cameBackText } from './afterwards-words.ts'
import { watchedRemovalsQuery } from './queries.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

/** On every page but the removal's own: that tags of watched removals came back, until it is dismissed or more come. */
export function CameBackNotice({ watchedRemovals }: { watchedRemovals: ListRemovals }) {
  const pathname = usePathname()
  const [dismissedAt, setDismissedAt] = useStored('untag-came-back', isText, '')
  const { data: watched = [] } = useQuery(watchedRemovalsQuery(watchedRemovals))
  const affected = watched.filter(({ id, cameBackAt }) => cameBackAt !== null && paths.removal(id) !== pathname)
  const newest =
    affected
      .map(({ cameBackAt }) => cameBackAt ?? '')
      .sort()
      .at(-1) ?? ''
  const [first, ...others] = affected
  if (!first || newest <= dismissedAt) return null
  const tags = affected.reduce((sum, { cameBack }) => sum + cameBack, 0)
  const [where, href] =
    others.length === 0
      ? ['a watched removal', paths.removalCameBack(first.id)]
      : [counted(affected.length, 'watched removal'), paths.removals()]
  return (
    <Flashbar
      items={[
        {
          id: 'came-back',
          type: 'warning',
          content: sentence(`${cameBackText(tags)} since ${where}`),
          action: <SoftButton href={href}>Open</SoftButton>,
          dismissible: true,
          dismissLabel: 'Dismiss until more come back',
          onDismiss: () => setDismissedAt(newest),
        },
      ]}
    />
  )
}
