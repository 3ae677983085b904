import type { AccountReading } from '../account-reading.ts'
import type { Aws } from '../aws/clients.ts'
import type { Identity } from '../aws/identity.ts'
import { principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { readAccount } from './read-account.ts'
import type { ReadingProgress } from './read-everybody.ts'

/**
 * Reads the operator's account anew and keeps it in place of what was read before, with its age. When IAM gave no answer
 * at all (which is no denial), an earlier reading stays; the one that failed is still the result.
 * @throws ExpectedError as `readAccount`
 */
export async function refreshPrincipals(
  { store, aws, identity }: { store: Store; aws: Aws; identity: Identity },
  options: { signal?: AbortSignal; onProgress?: (progress: ReadingProgress) => void } = {},
): Promise<AccountReading> {
  const readAt = new Date()
  const reading = await readAccount({ aws, identity }, options)
  const row = { scope: identity.scope, readAt, reading }
  const insert = store.db.insert(principalReadings).values(row)
  const isAnswer = reading.problem === null || reading.problem.code === 'denied'
  await (isAnswer
    ? insert.onConflictDoUpdate({ target: principalReadings.scope, set: { readAt, reading } })
    : insert.onConflictDoNothing())
  return reading
}
