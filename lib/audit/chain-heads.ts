import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import { auditEvents } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { utcText } from '../store/utc-text.ts'
import type { ChainHead } from './checkpoint.ts'

export interface ChainHeads {
  /** By the clock of the database, before and after it looked. ISO 8601 in UTC with milliseconds. */
  from: string
  at: string
  /** One for each chain, in the order of their names. */
  heads: ChainHead[]
}

/** The newest event of every chain at one instant. Jumps from chain to chain, so it is quick however long they are. */
export async function readHeads(store: Store): Promise<ChainHeads> {
  const [found] = await rowsOf<ChainHeads>(
    store,
    sql`with recursive chains as (
      (select chain from ${auditEvents} order by chain limit 1)
      union all
      select (select e.chain from ${auditEvents} e where e.chain > chains.chain order by e.chain limit 1) from chains
      where chains.chain is not null)
    select ${utcText(sql`statement_timestamp()`)} as "from", ${utcText(sql`clock_timestamp()`)} as at,
      coalesce(json_agg(json_build_object('chain', chain, 'seq', seq, 'hash', hash) order by chain collate "C"), '[]') as heads
    from chains join lateral (
      select seq, hash from ${auditEvents} e where e.chain = chains.chain order by seq desc limit 1) head on true`,
  )
  if (!found) throw new Error('the database did not answer with the heads of the chains')
  return found
}
