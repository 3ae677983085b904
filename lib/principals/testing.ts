import { vi } from 'vitest'
import type { Sandbox } from '../../e2e/support/sandbox.ts'
import { type Aws, openAws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'

export const TEST_ACCOUNT = '111122223333'

/** For tests: a policy of these statements. */
export const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

/** For tests: a policy that allows the action everywhere. */
export const allowing = (Action: string | string[], rest: object = {}) =>
  policyOf({ Effect: 'Allow', Action, Resource: '*', ...rest })

/** For tests: the way to the sandbox as somebody else than the demo's operator. */
export async function operatorOn(
  sandbox: Sandbox,
  whom?: Parameters<Sandbox['issueCredentials']>[0],
): Promise<{ aws: Aws; identity: Identity }> {
  const credentials = whom ? await sandbox.issueCredentials(whom) : sandbox.credentials
  const env = {
    ...sandbox.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const aws = openAws()
  return { aws, identity: await readIdentity(aws) }
}
