import { sql } from 'drizzle-orm'
import type { Effect } from '../impact-facts.ts'
import { type ActionClass, type AffectedCell, type AffectedPrincipal, actionClasses } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { utcText } from '../store/utc-text.ts'
import type { UseLookUp } from '../use-evidence.ts'
import { classOfAction } from './action-class.ts'
import { byWeight, rankOf } from './affected-order.ts'
import { countKept } from './count-kept.ts'
import { keptItems, type Members, theseItems } from './kept-items.ts'
import { lastUses } from './last-uses.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'

/** Which effects a view shows. */
export const effectsShown = {
  all: ['loss', 'may-lose', 'gain', 'may-gain', 'unknown'],
  lose: ['loss', 'may-lose'],
  gain: ['gain', 'may-gain'],
  unknown: ['unknown'],
} as const satisfies Record<string, readonly Effect[]>

export interface AffectedView {
  readonly show: keyof typeof effectsShown
  /** Leaves out roles that were not used for so many days; of users nobody knows it, so they stay. Null: nobody. */
  readonly unusedDays: number | null
  /** Part of a name or ARN; empty: everybody. */
  readonly text: string
  /** From 1. */
  readonly page: number
  readonly size: number
}

export interface AffectedPage {
  readonly rows: AffectedPrincipal[]
  readonly matched: number
  /** Principals that match and were left out because they are unused. */
  readonly hidden: number
  /** What changes for anybody who matches, data first, then by name. */
  readonly actions: { readonly action: string; readonly class: ActionClass }[]
  /** Null: nobody has asked for last uses. */
  readonly useLookUp: UseLookUp | null
}

/**
 * One page of the principals for whom a plan changes anything, each with the number of resources per action and effect.
 * What was dropped does not count. With `only`, nothing but these resources does.
 *
 * @throws ExpectedError `notFound`
 */
export async function listAffected(
  store: Store,
  scope: string,
  ref: ImpactRef,
  { show, unusedDays, text, page, size }: AffectedView,
  only: readonly string[] | null = null,
): Promise<AffectedPage> {
  const { useLookUp } = await requireImpact(store, scope, ref)
  const named = (await principalsOf(store, scope, ref, only)).filter(
    ({ name, arn }) => contains(name, text) || contains(arn, text),
  )
  const cells = await cellsOf(store, await countedItems(store, ref, only), ref, named, effectsShown[show])
  const found = named.flatMap((principal) => {
    const own = cells.get(principal.ordinal)
    return own === undefined ? [] : withCells(principal, own)
  })
  const shown = found.filter((principal) => unusedDays === null || !isUnused(principal, unusedDays)).sort(byWeight)
  const names = [...new Set(shown.flatMap((principal) => principal.cells.map(({ action }) => action)))]
  return {
    rows: shown.slice((page - 1) * size, page * size).map(({ rank: _, ...principal }) => principal),
    matched: shown.length,
    hidden: found.length - shown.length,
    actions: inColumns(names),
    useLookUp,
  }
}

type Principal = Omit<AffectedPrincipal, 'cells'>
type Cells = Map<string, Partial<Record<Effect, number>>>

async function principalsOf(
  store: Store,
  scope: string,
  ref: ImpactRef,
  only: readonly string[] | null,
): Promise<Principal[]> {
  const rows = await rowsOf<Omit<Principal, 'lastUse'> & { userArn: string }>(
    store,
    sql`
    select ordinal, arn, name, kind, is_operator as "isOperator", coalesce(principal->>'roleArn', arn) as "userArn",
      ${utcText(sql`last_used_at`)} as "lastUsedAt"
    from impact_principals where impact_id = ${ref.impactId}`,
  )
  const uses = await lastUses(store, scope, ref, only)
  return rows.map(({ userArn, ...principal }) => ({ ...principal, lastUse: uses.get(userArn) ?? null }))
}

// The embedded database runs in this very thread: the changes of so many keep it busy for some milliseconds.
const PRINCIPALS_PER_READ = 25

const countedItems = (store: Store, { planId, impactId }: ImpactRef, only: readonly string[] | null) =>
  only === null ? keptItems(store, planId, impactId) : theseItems(store, impactId, only)

/** By principal and action the number of resources with each effect that is asked for. */
async function cellsOf(
  store: Store,
  items: Members | null,
  { impactId }: ImpactRef,
  principals: readonly Principal[],
  effects: readonly Effect[],
): Promise<Map<number, Cells>> {
  const resources = countKept(items)
  const found = new Map<number, Cells>()
  for (let at = 0; at < principals.length; at += PRINCIPALS_PER_READ) {
    const ordinals = principals.slice(at, at + PRINCIPALS_PER_READ).map(({ ordinal }) => ordinal)
    const rows = await rowsOf<ChangeRow>(
      store,
      sql`
      select principal, effect, actions, ${resources} as resources from impact_changes
      where impact_id = ${impactId} and principal in ${ordinals}`,
    )
    for (const row of rows) count(found, row, effects)
  }
  return found
}

interface ChangeRow {
  principal: number
  effect: Effect[]
  actions: string[]
  resources: number
}

function count(
  found: Map<number, Cells>,
  { principal, actions, resources, ...row }: ChangeRow,
  effects: readonly Effect[],
) {
  const shown = row.effect.filter((effect) => effects.includes(effect))
  if (resources === 0 || shown.length === 0) return
  const cells: Cells = found.get(principal) ?? new Map()
  found.set(principal, cells)
  for (const action of actions) {
    const cell = cells.get(action) ?? {}
    for (const effect of shown) cell[effect] = (cell[effect] ?? 0) + resources
    cells.set(action, cell)
  }
}

function withCells(principal: Principal, found: Cells): AffectedPrincipal & { rank: number } {
  const cells = [...found].map(([action, effects]): AffectedCell => ({ action, class: classOfAction(action), effects }))
  const ranks = cells.flatMap((cell) => (Object.keys(cell.effects) as Effect[]).map((each) => rankOf(cell.class, each)))
  return { ...principal, cells, rank: Math.min(...ranks) }
}

const contains = (whole: string, text: string) => whole.toLowerCase().includes(text.toLowerCase())

const DAY_MS = 86_400_000

function isUnused({ kind, isOperator, lastUsedAt, lastUse }: Principal, days: number): boolean {
  if (kind !== 'role' || isOperator) return false
  const since = Date.now() - days * DAY_MS
  return [lastUsedAt, lastUse?.at ?? null].every((at) => at === null || Date.parse(at) < since)
}

function inColumns(names: readonly string[]): AffectedPage['actions'] {
  const columns = names.map((action) => ({ action, class: classOfAction(action) }))
  const place = (one: ActionClass) => actionClasses.indexOf(one)
  return columns.sort((one, other) => place(one.class) - place(other.class) || one.action.localeCompare(other.action))
}
