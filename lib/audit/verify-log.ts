import type { AuditFinding } from '../audit-status.ts'
import type { Store } from '../store/store.ts'
import { readHeads } from './chain-heads.ts'
import { ChainCheck } from './check-chain.ts'
import { readSigned } from './checkpoint-writer.ts'
import { Findings } from './findings.ts'
import { chainPages } from './read-chain.ts'
import { compareTold } from './told-checkpoints.ts'

export interface LogVerdict {
  at: string
  events: number
  chains: number
  checkpoints: number
  findings: AuditFinding[]
}

/** Verifies the whole log, every event of every chain, against the checkpoints in a folder, which this key has signed. Tells how
 * many are done. */
export async function verifyLog(
  store: Store,
  folder: string,
  publicKey: string,
  progress: (done: number, total: number) => void,
): Promise<LogVerdict> {
  const findings = new Findings()
  // Before the chains are looked at, so that whatever was signed must be in them.
  const signed = await readSigned(folder, { publicKey, findings, lastSignatureOnly: false })
  await compareTold(store, { publicKey, findings }, signed)
  const { at, heads } = await readHeads(store)
  const total = heads.reduce((sum, { seq }) => sum + seq, 0)
  let events = 0
  progress(events, total)
  for (const { chain, seq } of heads) {
    const check = new ChainCheck(chain, signed.heads.of(chain), findings)
    for await (const page of chainPages(store.db, chain, seq)) {
      for (const event of page) check.add(event)
      events += page.length
      progress(events, total)
    }
    check.end()
  }
  const present = new Set(heads.map(({ chain }) => chain))
  for (const chain of signed.heads.chains().filter((known) => !present.has(known)))
    new ChainCheck(chain, signed.heads.of(chain), findings).end()
  return { at, events, chains: heads.length, checkpoints: signed.last?.number ?? 0, findings: findings.list() }
}
