import { accessKeyIdOf } from '../aws/access-key.ts'
import type { Aws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'

/**
 * Tells whose calls go out now, as account and unique id. AWS is asked anew whenever the access key has changed, for
 * credentials are renewed, and profiles switched, while a removal runs.
 *
 * @throws ExpectedError `credentialsExpired` and its like
 */
export function scopeOfCalls(aws: Aws): () => Promise<string> {
  let known: { accessKeyId: string; scope: string } | undefined
  return async () => {
    const accessKeyId = await accessKeyIdOf(aws, aws.sts())
    if (known?.accessKeyId !== accessKeyId) known = { accessKeyId, scope: (await readIdentity(aws)).scope }
    return known.scope
  }
}
