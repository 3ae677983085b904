import { accessKeyIdOf, type Client } from '../aws/access-key.ts'
import type { Aws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'

/** Whose calls go out: the access key that signs them, and the account and unique id that it belongs to. */
export interface Caller {
  accessKeyId: string
  scope: string
}

const known = new WeakMap<Aws, Caller>()

/**
 * Tells whose calls a client would send now. AWS is asked anew whenever the access key has changed, for credentials are
 * renewed, and profiles switched, while a removal runs.
 *
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function callerOf(aws: Aws, client: Client = aws.sts()): Promise<Caller> {
  const accessKeyId = await accessKeyIdOf(aws, client)
  const before = known.get(aws)
  if (before?.accessKeyId === accessKeyId) return before
  const caller = { accessKeyId, scope: (await readIdentity(aws)).scope }
  known.set(aws, caller)
  return caller
}
