import { eq, sql } from 'drizzle-orm'
import {
  type CanaryAnswer,
  type CanaryCheck,
  type CanaryFailure,
  type CanaryState,
  type CheckResult,
  canaryRow,
  checkResult,
  checkResults,
} from '../../canary.ts'
import { rowsOf } from '../../store/rows-of.ts'
import { removals } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { canaryWaitSeconds } from './wait.ts'

const NAMED_MAX = 5

/** The canary of a removal as its page shows it. Instants are ISO 8601 in UTC. */
export interface Canary {
  state: CanaryState
  /** Resources that go first, and of these the ones that are not settled yet. */
  resources: number
  unsettled: number
  /** Resources that wait for it. */
  rest: number
  /** When KMS follows; null: no key is among them, or it is not known yet. */
  waitUntil: string | null
  /** Until then, by the clock of the database. */
  waitMs: number
  /** How long KMS is waited for altogether. */
  waitSeconds: number
  checks: CanaryFinding[]
  failure: CanaryFailure | null
  answers: readonly CanaryAnswer[]
  answeredBy: string | null
  endedAt: string | null
  /** The removal that puts it back, once it failed; null: nothing had been changed. */
  putBack: string | null
}

/** What came of one call on some resources. */
export interface CanaryFinding {
  action: string
  result: CheckResult
  resources: number
  /** The first of them by name. */
  named: { arn: string; name: string; message: string | null }[]
}

/** Reads how far the canary of a removal is; null when it has none. */
export async function readCanary(store: Store, removal: typeof removals.$inferSelect): Promise<Canary | null> {
  const { id, canary: state } = removal
  if (state === null) return null
  const [counted] = await rowsOf<{ resources: number; unsettled: number; rest: number; waitMs: number }>(
    store,
    sql`
    select (count(*) filter (where canary))::int as resources,
      (count(*) filter (where canary and state <> 'settled'))::int as unsettled,
      (count(*) filter (where not canary))::int as rest,
      coalesce(greatest(extract(epoch from (select canary_wait_until from removals where id = ${id}) - now()) * 1000, 0), 0)::float8 as "waitMs"
    from items where removal_id = ${id}`,
  )
  return {
    state,
    ...(counted ?? { resources: 0, unsettled: 0, rest: 0, waitMs: 0 }),
    waitSeconds: canaryWaitSeconds(),
    waitUntil: removal.canaryWaitUntil?.toISOString() ?? null,
    checks: findings(removal.canaryChecks),
    failure: removal.canaryFailure,
    answers: removal.state === 'settled' ? [] : canaryRow(state).answers,
    answeredBy: removal.canaryAnsweredBy,
    endedAt: removal.canaryEndedAt?.toISOString() ?? null,
    putBack: state === 'failed' ? await firstPutBack(store, id) : null,
  }
}

/** The one that was begun when the canary failed. */
async function firstPutBack({ db }: Store, removalId: string): Promise<string | null> {
  const [putBack] = await db
    .select({ id: removals.id })
    .from(removals)
    .where(eq(removals.reverses, removalId))
    .orderBy(removals.startedAt)
    .limit(1)
  return putBack?.id ?? null
}

function findings(checks: readonly CanaryCheck[]): CanaryFinding[] {
  const place = (result: CheckResult) => Object.keys(checkResults).indexOf(result)
  const alike = Map.groupBy(checks, (check) => `${checkResult(check)} ${check.action}`)
  return [...alike.values()]
    .flatMap(([first, ...more]): CanaryFinding[] => {
      if (first === undefined) return []
      const all = [first, ...more]
      const named = all.slice(0, NAMED_MAX).map(({ arn, name, message }) => ({ arn, name, message }))
      return [{ action: first.action, result: checkResult(first), resources: all.length, named }]
    })
    .sort((one, other) => place(one.result) - place(other.result) || one.action.localeCompare(other.action))
}
