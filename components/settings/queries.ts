import { queryOptions } from '@tanstack/react-query'
import { read } from '#components/ui/read.ts'
import type { SettingsActions } from './actions.ts'

/** Where everything about retention is kept. */
export const retentionKey = ['retention'] as const

/** How long old values are kept. */
export const retentionQuery = ({ readRetention }: SettingsActions) =>
  queryOptions({ queryKey: retentionKey, queryFn: () => read(readRetention, {}) })

/** How many removals would lose their old values, were they kept for so many days. */
export const overdueQuery = ({ countOverdue }: SettingsActions, days: number | null) =>
  queryOptions({ queryKey: [...retentionKey, 'overdue', days], queryFn: () => read(countOverdue, { days }) })
