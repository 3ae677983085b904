import { createHash } from 'node:crypto'
import { type AuditActor, consoleChain, type LoggedEvent, theConsole } from '../audit-event.ts'
import type { Store } from '../store/store.ts'
import { readHeads } from './chain-heads.ts'
import { checkpointBytes, readCheckpoints } from './checkpoint-file.ts'
import {
  type EventLine,
  EXPORT_FORMAT,
  EXPORT_VERSION,
  type ExportEnd,
  type ExportHeader,
  type WithheldLine,
} from './log-line.ts'
import { ownChains } from './own-chains.ts'
import { chainPages } from './read-chain.ts'
import { signedLine } from './signed-line.ts'
import type { SigningKey } from './signing-key.ts'

interface Source {
  store: Store
  folder: string
  key: SigningKey
}

/**
 * The chains that a scope may see as JSONL, with the checkpoints that vouch for them and a signed closing line, in pieces
 * of whole lines. Of what others did at the console only the place in the chain is told. Reads a few hundred events at a
 * time. Sign a checkpoint before, so that it covers the newest.
 */
export async function* exportLog(
  { store, folder, key }: Source,
  scope: string,
  by: AuditActor,
): AsyncGenerator<string> {
  const digest = createHash('sha256')
  const counted = { checkpoints: 0, chains: 0, events: 0 }
  const digested = (lines: string) => {
    digest.update(lines)
    return lines
  }
  // Before the chains are looked at, so that whatever these checkpoints vouch for is in the file.
  const bytes = checkpointBytes(folder)
  const { from: exportedAt, heads } = await readHeads(store)
  const chains = heads.map(({ chain }) => chain)
  const own = await ownChains(store, scope, chains)
  const header: ExportHeader = {
    kind: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    publicKey: key.publicKey,
    exportedAt,
    exportedBy: { id: by.id, name: by.name, address: by.address },
    withoutChains: chains.filter((chain) => !own.has(chain)),
  }
  yield digested(`${JSON.stringify(header)}\n`)
  for await (const { text } of readCheckpoints(folder, bytes)) {
    counted.checkpoints += 1
    yield digested(`${text}\n`)
  }
  for (const { chain, seq } of heads.filter((head) => own.has(head.chain))) {
    counted.chains += 1
    for await (const page of chainPages(store.db, chain, seq)) {
      counted.events += page.length
      yield digested(page.map((event) => `${JSON.stringify(lineOf(event, scope))}\n`).join(''))
    }
  }
  const end: Omit<ExportEnd, 'signature'> = { kind: 'end', ...counted, digest: digest.digest('hex') }
  yield `${signedLine(key.privateKey, end)}\n`
}

function lineOf(event: LoggedEvent, scope: string): EventLine | WithheldLine {
  const { chain, seq, previous, hash, actorId } = event
  const isOwn = chain !== consoleChain || actorId === scope || actorId === theConsole.id
  return isOwn ? { kind: 'event', ...event } : { kind: 'withheld', chain, seq, previous, hash }
}
