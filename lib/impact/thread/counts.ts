import type { Effect } from '../../impact-facts.ts'
import type { ImpactCounts } from '../../item-impact.ts'
import { addMembers, noMembers, ordinalsOf } from '../members.ts'
import type { Changes } from './changes.ts'
import type { ChangeRow } from './messages.ts'

const columns: Record<Effect, keyof ImpactCounts> = {
  loss: 'lose',
  'may-lose': 'mayLose',
  gain: 'gain',
  'may-gain': 'mayGain',
  unknown: 'unknown',
}
const effects = Object.keys(columns) as Effect[]

/** Reasons that one resource tells; more help nobody. */
const REASONS_MAX = 5

/** What is counted of one resource. */
export interface Counted {
  /** Actions of the operator. */
  readonly own: ImpactCounts
  /** Other principals. */
  readonly others: ImpactCounts
  readonly reasons: Set<string>
}

const none = (): ImpactCounts => ({ lose: 0, mayLose: 0, gain: 0, mayGain: 0, unknown: 0 })

/** Counts by resource what an analysis found: actions of the operator, and everybody else once in each column. */
export function countByResource(changes: Changes, resourceCount: number, operator: number | undefined): Counted[] {
  const counted = Array.from({ length: resourceCount }, () => ({
    own: none(),
    others: none(),
    reasons: new Set<string>(),
  }))
  for (const [asker, rows] of changes.byAsker()) {
    if (asker === operator) countOwn(rows, counted)
    else countOther(rows, counted)
    for (const row of rows) noteReason(row, counted)
  }
  return counted
}

type Rows = readonly Omit<ChangeRow, 'principal'>[]

function countOwn(rows: Rows, counted: readonly Counted[]): void {
  for (const { effect, actions, members } of rows) {
    for (const ordinal of ordinalsOf(members)) {
      const { own } = counted[ordinal] ?? {}
      if (own) for (const each of effect) own[columns[each]] += actions.length
    }
  }
}

function countOther(rows: Rows, counted: readonly Counted[]): void {
  for (const effect of effects) {
    const having = rows.filter((row) => row.effect.includes(effect))
    const [first] = having
    if (first === undefined) continue
    const members = noMembers(first.members.length * 8)
    for (const row of having) addMembers(members, row.members)
    for (const ordinal of ordinalsOf(members)) {
      const { others } = counted[ordinal] ?? {}
      if (others) others[columns[effect]] += 1
    }
  }
}

function noteReason(row: Omit<ChangeRow, 'principal'>, counted: readonly Counted[]): void {
  if (row.reason === null || !row.effect.includes('unknown')) return
  for (const ordinal of ordinalsOf(row.members)) {
    const { reasons } = counted[ordinal] ?? {}
    if (reasons && reasons.size < REASONS_MAX) reasons.add(row.reason)
  }
}
