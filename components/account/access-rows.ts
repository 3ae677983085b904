import { type Need, type NeedId, needs, type Purpose } from '#lib/needed-actions.ts'
import type { AccessCheck } from '#lib/principals/check-access.ts'

/** A need with what came of trying it. */
export interface AccessRow extends Need {
  readonly id: NeedId
  readonly state: AccessCheck['state'] | 'trying'
  readonly note: string | null
}

/** The needs of a purpose, each with its check; `trying` where there is none yet. */
export function rowsOf(purpose: Purpose, checks: readonly AccessCheck[] | undefined): AccessRow[] {
  const found = new Map(checks?.map((check) => [check.need, check]))
  return (Object.entries(needs) as [NeedId, Need][])
    .filter(([, need]) => need.purpose === purpose)
    .map(([id, need]) => {
      const { state = 'trying', note = null } = found.get(id) ?? {}
      return { ...need, id, state, note }
    })
}

/** How many rows are in each state. */
export function countStates(rows: readonly AccessRow[]): Record<AccessRow['state'], number> {
  const counts = { works: 0, denied: 0, notTried: 0, failed: 0, trying: 0 }
  for (const { state } of rows) counts[state] += 1
  return counts
}
