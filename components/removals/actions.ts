import type { TrailActions } from '#components/audit/trail-panel.tsx'
import type { ImpactActions } from '#components/impact/actions.ts'
import type { Change, Read } from '#components/ui/read.ts'
import type { CanaryAnswer } from '#lib/canary.ts'
import type { CanaryAffected } from '#lib/removal/canary/affected.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { RemovalSummary } from '#lib/removal/list-removals.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalMove } from '#lib/removal/state.ts'
import type { ShownOutcome } from './queries.ts'

/** One page of items, as both the removal and the plan are asked for them. */
export interface Page {
  text: string
  page: number
  size: number
}

/** The server actions that the removal's page works with; the page in app/ hands them in. */
export interface RemovalActions extends TrailActions {
  readRemoval: Read<{ removalId: string }, Removal>
  listItems: Read<{ removalId: string; outcome: ShownOutcome } & Page, { rows: RemovalItem[]; matched: number }>
  move: Change<{ removalId: string; move: Exclude<RemovalMove, 'putBack'> }, { removalId: string }>
  watch: Change<{ removalId: string; watch: boolean }, void>
  purge: Change<{ removalId: string }, void>
  putBack: Change<{ removalId: string; itemIds: number[] | 'all' }, { planId: string }>
  planRest: Change<{ removalId: string }, { planId: string }>
  affectedByCanary: Read<{ removalId: string }, CanaryAffected>
  lookUpUse: ImpactActions['lookUpUse']
  answerCanary: Change<{ removalId: string; answer: CanaryAnswer }, { removalId: string }>
}

export type ListRemovals = Read<Record<string, never>, RemovalSummary[]>
