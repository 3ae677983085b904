import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import { auditEvents } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { Findings } from './findings.ts'
import { cutOff, notTheSigned, type SignedHead } from './signed-heads.ts'

/** Looks whether the newest event that was signed of every chain is still there, and the same. */
export async function compareHeads(store: Store, signed: readonly SignedHead[], findings: Findings): Promise<void> {
  const rows = await rowsOf<{ hash: string | null; lastSeq: number }>(
    store,
    sql`select e.hash, coalesce((
        select seq from ${auditEvents} l where l.chain = signed.chain order by seq desc limit 1), 0) as "lastSeq"
      from rows from (jsonb_to_recordset(${JSON.stringify(signed)}::jsonb) as (chain text, seq int)) with ordinality
        as signed(chain, seq, place)
      left join ${auditEvents} e on e.chain = signed.chain and e.seq = signed.seq order by signed.place`,
  )
  for (const [place, head] of signed.entries()) {
    const found = rows[place]
    if (!found || found.lastSeq < head.seq) findings.add(cutOff(head, found?.lastSeq ?? 0))
    else if (found.hash !== head.hash && head.seq > 0) findings.add(notTheSigned(head))
  }
}
