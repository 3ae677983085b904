import { join } from 'node:path'
import { checkpointBytes, mendCheckpoints } from '#lib/audit/checkpoint-file.ts'
import { FIRST_PREVIOUS, hashEvent } from '#lib/audit/hash-event.ts'
import { chainPages } from '#lib/audit/read-chain.ts'
import { openSigningKey } from '#lib/audit/signing-key.ts'
import { verifyLog } from '#lib/audit/verify-log.ts'
import { consoleChain, type LoggedEvent } from '#lib/audit-event.ts'
import { openStore } from '#lib/store/open.ts'
import type { Stage } from './stage.ts'

/** The audit log that a run leaves behind. */
export interface LogLeft {
  /** Of the removals, and of the console. */
  chains: LoggedEvent[][]
  /** What is not as the consoles have signed it. */
  findings: string[]
}

/** Reads the log of a run and verifies it against every console's checkpoints. Nothing else may use the database meanwhile. */
export async function readLog(stage: Stage, removalIds: readonly string[]): Promise<LogLeft> {
  const store = await openStore({ dataFolder: stage.dataFolder, databaseUrl: stage.server?.url })
  try {
    const chains: LoggedEvent[][] = []
    for (const chain of [...removalIds, consoleChain]) {
      const events: LoggedEvent[] = []
      for await (const page of chainPages(store.db, chain)) events.push(...page)
      chains.push(events)
    }
    const findings: string[] = []
    for (const folder of stage.ownFolders().map((own) => join(own, 'audit'))) {
      // As the next start would.
      mendCheckpoints(folder)
      const { publicKey } = openSigningKey(folder, checkpointBytes(folder) > 0)
      const verdict = await verifyLog(store, folder, publicKey, () => {})
      findings.push(...verdict.findings.map(({ message }) => message))
      if (verdict.checkpoints === 0) findings.push(`nothing was signed in ${folder}`)
    }
    return { chains, findings }
  } finally {
    await store.close()
  }
}

/** Where a chain is broken; undefined when it is whole. */
export function breakOf(events: readonly LoggedEvent[]): string | undefined {
  let previous = FIRST_PREVIOUS
  for (const [index, event] of events.entries()) {
    if (event.seq !== index + 1) return `event ${event.seq} stands where ${index + 1} should`
    if (event.previous !== previous || event.hash !== hashEvent(event)) return `event ${event.seq} was changed`
    previous = event.hash
  }
  return undefined
}
