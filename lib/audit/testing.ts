import type { AuditActor, LoggedEvent } from '../audit-event.ts'
import type { Store } from '../store/store.ts'
import { chainPages } from './read-chain.ts'

/** For tests: somebody who does what they do at this computer. */
export const ada: AuditActor = {
  id: '111122223333:AROAADA',
  name: 'arn:aws:sts::111122223333:assumed-role/TagOperator/ada',
  address: '127.0.0.1',
}

/** For tests: a whole chain at once, in its order. */
export async function readChain(db: Store['db'], chain: string): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = []
  for await (const page of chainPages(db, chain)) events.push(...page)
  return events
}
