import { eq, type SQL, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { RETENTION_DAYS_DEFAULT } from '../retention.ts'
import { rowsOf } from '../store/rows-of.ts'
import { valueRetentions } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/** How long the old values of an account's removals are kept, and who has said so. */
export interface Retention {
  /** Whole days after a removal has settled; null: for ever. */
  days: number | null
  /** Null: nobody has changed it yet. */
  changed: { at: string; by: string } | null
}

/** How long the old values of an account's removals are kept. */
export async function readRetention({ db }: Store, account: string): Promise<Retention> {
  const [row] = await db.select().from(valueRetentions).where(eq(valueRetentions.account, account))
  if (!row) return { days: RETENTION_DAYS_DEFAULT, changed: null }
  return { days: row.days, changed: { at: row.changedAt.toISOString(), by: row.changedBy } }
}

/** Changes how long they are kept, for removals that have settled already too: what is overdue goes at the next purge. */
export async function setRetention(
  { store, account, by }: { store: Store; account: string; by: AuditActor },
  days: number | null,
): Promise<void> {
  const before = await readRetention(store, account)
  const set = { days, changedAt: sql`now()`, changedBy: by.name }
  await store.db.transaction(async (tx) => {
    await tx
      .insert(valueRetentions)
      .values({ account, ...set })
      .onConflictDoUpdate({ target: valueRetentions.account, set })
    const details = { account, days, before: before.days }
    await appendToConsole(tx, { action: 'retention.changed', actor: by, details })
  })
}

/** How many removals of an account would lose their old values at the next purge, were they kept for so many days. */
export async function countOverdue(store: Store, account: string, days: number | null): Promise<number> {
  if (days === null) return 0
  const [row] = await rowsOf<{ removals: number }>(
    store,
    sql`select count(*)::int as removals from removals r where ${accountOf(sql`r.scope`)} = ${account}
      and r.values_purged_at is null and ${endOfKeeping(sql`${days}::int`)} <= now()`,
  )
  return row?.removals ?? 0
}

/** Until when the old values of removal `r` are kept, by the database's clock; null: for ever, or it has not settled. */
export const keptUntil = sql`(select ${endOfKeeping(sql`kept.days`)} from (select ${keptDays(sql`r.scope`)} as days) kept)`

/** For how many days the account of a scope keeps old values; null: for ever. */
export function keptDays(scope: SQL): SQL {
  const row = sql`from value_retentions v where v.account = ${accountOf(scope)}`
  return sql`(case when exists (select ${row}) then (select v.days ${row}) else ${RETENTION_DAYS_DEFAULT}::int end)`
}

// A function, for it is needed above; `greatest` takes no notice of a watch that never was.
function endOfKeeping(days: SQL): SQL {
  return sql`case when r.state = 'settled' and ${days} is not null
    then greatest(r.settled_at + make_interval(days => ${days}), r.watch_until) end`
}

/** A scope is account and unique id: see `Identity`. */
function accountOf(scope: SQL): SQL {
  return sql`split_part(${scope}, ':', 1)`
}
