import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { AuditActor } from '../audit-event.ts'
import { auditEvents } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { readHeads } from './chain-heads.ts'
import { checkpointBytes, readCheckpoints } from './checkpoint-file.ts'
import { type EventLine, EXPORT_FORMAT, EXPORT_VERSION, type ExportEnd, type ExportHeader } from './log-line.ts'
import { chainPages } from './read-chain.ts'
import { signedLine } from './signed-line.ts'
import type { SigningKey } from './signing-key.ts'
import { visibleTo } from './visible-chains.ts'

interface Source {
  store: Store
  folder: string
  key: SigningKey
}

/**
 * The whole chains that a scope may see as JSONL, with the checkpoints that vouch for them and a signed closing line, in
 * pieces of whole lines. Reads a thousand events at a time. Sign a checkpoint before, so that it covers the newest.
 */
export async function* exportLog(source: Source, scope: string, by: AuditActor): AsyncGenerator<string> {
  const { store, folder, key } = source
  const digest = createHash('sha256')
  const counted = { checkpoints: 0, chains: 0, events: 0 }
  const taken = (piece: string) => {
    digest.update(piece)
    return piece
  }
  // Before the chains are looked at, so that whatever these checkpoints vouch for is in the file.
  const bytes = checkpointBytes(folder)
  const { from: exportedAt, heads } = await readHeads(store)
  const visible = new Set(await visibleChains(store, scope))
  const header: ExportHeader = {
    kind: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    publicKey: key.publicKey,
    exportedAt,
    exportedBy: { id: by.id, name: by.name, address: by.address },
    withoutChains: heads.map(({ chain }) => chain).filter((chain) => !visible.has(chain)),
  }
  yield taken(`${JSON.stringify(header)}\n`)
  for await (const { text } of readCheckpoints(folder, bytes)) {
    counted.checkpoints += 1
    yield taken(`${text}\n`)
  }
  for (const { chain, seq } of heads.filter((head) => visible.has(head.chain))) {
    counted.chains += 1
    for await (const page of chainPages(store.db, chain, seq)) {
      counted.events += page.length
      yield taken(page.map((event) => `${JSON.stringify({ kind: 'event', ...event } satisfies EventLine)}\n`).join(''))
    }
  }
  const end: Omit<ExportEnd, 'signature'> = { kind: 'end', ...counted, digest: digest.digest('hex') }
  yield `${signedLine(key.privateKey, end)}\n`
}

async function visibleChains({ db }: Store, scope: string): Promise<string[]> {
  const firsts = sql`${auditEvents.seq} = 1 and ${visibleTo(scope)}`
  const rows = await db.select({ chain: auditEvents.chain }).from(auditEvents).where(firsts)
  return rows.map(({ chain }) => chain)
}
