'use client'
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { counted, figure } from '#components/ui/counted.ts'
import { SoftButton } from '#components/ui/soft-button.tsx'
import { paths } from '#lib/paths.ts'
import type { RemovalSummary } from '#lib/removal/list-removals.ts'
import type { ListRemovals } from './actions.ts'
import { runningRemovalsQuery } from './queries.ts'
import { changeTitle, percentOf, removalTitle } from './wording.ts'

/** On every page but a removal's own: what runs or stands paused, how far it is, and the way to it. */
export function RunningNotice({ runningRemovals }: { runningRemovals: ListRemovals }) {
  const pathname = usePathname()
  const { data: removals = [] } = useQuery(runningRemovalsQuery(runningRemovals))
  const [first, ...others] = removals.filter(({ id }) => paths.removal(id) !== pathname)
  if (!first) return null
  return <Flashbar items={[others.length === 0 ? flashOfOne(first) : flashOfMany([first, ...others])]} />
}

function flashOfOne(removal: RemovalSummary) {
  const { id, direction, state, tags, items } = removal
  const title =
    state === 'paused'
      ? `Paused: ${removalTitle(direction, tags, items)}`
      : isAsking(removal)
        ? `Did anything break? Your answer is awaited: ${removalTitle(direction, tags, items)}`
        : changeTitle(direction, tags, items, 'running')
  return flash([removal], title, paths.removal(id))
}

function flashOfMany(removals: RemovalSummary[]) {
  const asking = removals.filter(isAsking).length
  const asks = asking === 0 ? '' : `; ${counted(asking, 'waits', 'wait')} for your answer`
  return flash(removals, `${counted(removals.length, 'removal')} running or paused${asks}`, paths.removals())
}

const isAsking = ({ state, canary }: RemovalSummary) => state === 'running' && canary === 'asking'

function flash(removals: RemovalSummary[], header: string, href: string): FlashbarProps.MessageDefinition {
  const tags = sumOf(removals, (removal) => removal.tags)
  const settled = sumOf(removals, ({ done, attention }) => done + attention)
  const waits = removals.some((removal) => removal.state === 'paused' || isAsking(removal))
  return {
    id: 'running',
    type: waits ? 'warning' : 'in-progress',
    header,
    content: `${figure(settled)} of ${counted(tags, 'tag')} settled (${percentOf(settled, tags)} %)`,
    action: <SoftButton href={href}>Open</SoftButton>,
  }
}

const sumOf = (removals: RemovalSummary[], count: (removal: RemovalSummary) => number) =>
  removals.reduce((sum, removal) => sum + count(removal), 0)
