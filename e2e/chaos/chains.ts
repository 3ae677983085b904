import { FIRST_PREVIOUS, hashEvent } from '#lib/audit/hash-event.ts'
import { chainPages } from '#lib/audit/read-chain.ts'
import { consoleChain, type LoggedEvent } from '#lib/audit-event.ts'
import { openStore } from '#lib/store/open.ts'
import type { Stage } from './stage.ts'

/** The audit log of a run: the chains of its removals and of the console. Nothing else may use the database meanwhile. */
export async function readChains(stage: Stage, removalIds: readonly string[]): Promise<LoggedEvent[][]> {
  const store = await openStore({ dataFolder: stage.dataFolder, databaseUrl: stage.server?.url })
  try {
    const chains: LoggedEvent[][] = []
    for (const chain of [...removalIds, consoleChain]) {
      const events: LoggedEvent[] = []
      for await (const page of chainPages(store.db, chain)) events.push(...page)
      chains.push(events)
    }
    return chains
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
