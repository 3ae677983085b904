import { sql } from 'drizzle-orm'
import type { Effect } from '../impact-facts.ts'
import type { ImpactReview } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { type Members, someKept } from './kept-items.ts'

type Column = keyof ImpactReview['principals']

const columns: Record<Column, readonly Effect[]> = {
  losing: ['loss', 'may-lose'],
  gaining: ['gain', 'may-gain'],
  unknown: ['unknown'],
}
// Bitmaps of ten thousand resources, so many at a time, keep the event loop for some milliseconds.
const ROWS_PER_READ = 1000

/** Principals other than the operator by what becomes of them on the resources that are kept, each once per column. */
export async function countPrincipals(
  store: Store,
  impactId: string,
  kept: Members | null,
): Promise<ImpactReview['principals']> {
  const found: Record<Column, Set<number>> = { losing: new Set(), gaining: new Set(), unknown: new Set() }
  for await (const { principal, effect } of kept === null
    ? allChanges(store, impactId)
    : keptChanges(store, impactId, kept)) {
    for (const column of Object.keys(columns) as Column[]) {
      if (effect.some((each) => columns[column].includes(each))) found[column].add(principal)
    }
  }
  return { losing: found.losing.size, gaining: found.gaining.size, unknown: found.unknown.size }
}

interface Change {
  principal: number
  effect: Effect[]
}

const othersChanges = (impactId: string) => sql`impact_changes c
  join impact_principals p on p.impact_id = c.impact_id and p.ordinal = c.principal and not p.is_operator
  where c.impact_id = ${impactId}`

async function* allChanges(store: Store, impactId: string): AsyncGenerator<Change> {
  yield* await rowsOf<Change>(store, sql`select distinct c.principal, c.effect from ${othersChanges(impactId)}`)
}

async function* keptChanges(store: Store, impactId: string, kept: Members): AsyncGenerator<Change> {
  const [ids] = await rowsOf<{ first: number; last: number }>(
    store,
    sql`select min(id)::int as first, max(id)::int as last from impact_changes where impact_id = ${impactId}`,
  )
  if (!ids) return
  for (let first = ids.first; first <= ids.last; first += ROWS_PER_READ) {
    // The embedded database takes six times as long to hand over bytes as it takes for the same in Base64.
    const rows = await rowsOf<Change & { members: string }>(
      store,
      sql`
      select c.principal, c.effect, encode(c.members, 'base64') as members
      from ${othersChanges(impactId)} and c.id between ${first} and ${first + ROWS_PER_READ - 1}`,
    )
    yield* rows.filter(({ members }) => someKept(Buffer.from(members, 'base64'), kept))
  }
}
