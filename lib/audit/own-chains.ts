import { sql } from 'drizzle-orm'
import { consoleChain } from '../audit-event.ts'
import { rowsOf } from '../store/rows-of.ts'
import { auditEvents, removals } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

/**
 * Those of the chains that a scope may see: the console's, and those of its own removals. The log itself tells whose a
 * removal was, for it outlives the removal; the chain of one that was recovered begins with what the console did.
 */
export async function ownChains(store: Store, scope: string, chains: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ chain: string }>(
    store,
    sql`select each.chain from jsonb_array_elements_text(${JSON.stringify(chains)}::jsonb) as each(chain)
      where each.chain = ${consoleChain}
        or exists (select from ${auditEvents} e where e.chain = each.chain and e.seq = 1 and e.actor_id = ${scope})
        or exists (select from ${removals} r where r.id::text = each.chain and r.scope = ${scope})`,
  )
  return new Set(rows.map(({ chain }) => chain))
}
