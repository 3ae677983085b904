import type { Aws } from './clients.ts'
import { withRemedy } from './credential-remedy.ts'
import { translated } from './translate-error.ts'

const operation = 'sts:GetCallerIdentity'

/** A client of the SDK, as far as its credentials go. */
export interface Client {
  config: { credentials(): Promise<{ accessKeyId: string }> }
}

/**
 * The id of the access key that a client signs with now. Nothing is called unless the credentials have to be renewed.
 *
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function accessKeyIdOf(aws: Aws, client: Client): Promise<string> {
  const { accessKeyId } = await withRemedy(aws, () => translated({ operation }, () => client.config.credentials()))
  return accessKeyId
}
