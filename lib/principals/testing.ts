import { vi } from 'vitest'
import type { Sandbox } from '../../e2e/support/sandbox.ts'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import type { Arn } from '../arn.ts'
import { type Aws, openAws } from '../aws/clients.ts'
import { type Identity, readIdentity } from '../aws/identity.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import type { Store } from '../store/store.ts'
import { caseGrant, parseResourcePolicy, type ResourcePolicy } from './parse-resource.ts'
import type { AccountPicture } from './picture.ts'
import { PolicyShelf } from './policy-shelf.ts'
import { principalsOf } from './principals-of.ts'
import { readSimulations } from './read-simulations.ts'
import type { Reader } from './reader.ts'
import { refreshPrincipals } from './refresh.ts'
import { listGrants, readPolicyTexts } from './resource-policies.ts'
import { simulatedVerdicts } from './simulated-verdicts.ts'

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

/** For tests: makes the account as told, reads it into the store, and gives it back. */
export async function keptPicture(
  sandbox: Sandbox,
  store: Store,
  change: ResetChange,
  whom?: Parameters<Sandbox['issueCredentials']>[0],
): Promise<{ picture: AccountPicture; identity: Identity }> {
  await sandbox.reset({ exactly: [], organization: null, ...change })
  const operator = await operatorOn(sandbox, whom)
  await refreshPrincipals({ store, ...operator })
  return { picture: await shownPicture(store, operator.identity.scope), identity: operator.identity }
}

/** For tests: what was kept of a scope, which must be something. */
export async function shownPicture(store: Store, scope: string): Promise<AccountPicture> {
  const found = await principalsOf(store, scope)
  if (!found) throw new Error('nothing was kept')
  return found
}

/** For tests: the policies of these resources, parsed. */
export async function readPolicies(
  reader: Reader,
  arns: readonly Arn[],
  onProgress?: (done: number) => void,
): Promise<Map<Arn, ResourcePolicy>> {
  const shelf = new PolicyShelf()
  const texts = await readPolicyTexts(reader, arns, onProgress)
  return new Map([...texts].map(([arn, text]) => [arn, parseResourcePolicy(arn, text, shelf)]))
}

/** For tests: all grants of a key, for the engine. */
export async function readGrants(reader: Reader, arn: Arn) {
  const { grants, problem } = await listGrants(reader, arn)
  return { grants: grants.map(caseGrant), problem }
}

/** For tests: what a removal does to the operator's own access, by AWS's simulator. */
export async function simulatedOperator(
  reader: Reader,
  operator: AccountPrincipal,
  resources: readonly AccountResource[],
) {
  const simulations = await readSimulations(reader, operator, resources)
  const verdicts = resources.flatMap((resource) => simulatedVerdicts(operator, resource, simulations))
  return { verdicts, problem: simulations.problem }
}

export type SimulatedAccess = Awaited<ReturnType<typeof simulatedOperator>>
