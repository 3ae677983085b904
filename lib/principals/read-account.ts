import type { AccountReading } from '../account-reading.ts'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import type { Identity } from '../aws/identity.ts'
import { answerOf } from './answer.ts'
import { readControlPolicies } from './read-control-policies.ts'
import { type Identities, type ReadingProgress, readEverybody } from './read-everybody.ts'
import { reachOf, readOperator } from './read-operator.ts'
import type { Reader } from './reader.ts'

const nobody: Identities = { users: [], roles: [], groups: [], managed: {} }

/**
 * Reads who is in the operator's account and what policies apply to them, as far as AWS lets the operator look. What is
 * refused is told in its place and sinks nothing else.
 * @throws ExpectedError `credentialsMissing`, `credentialsExpired`, `credentialsInvalid`
 */
export async function readAccount(
  { aws, identity }: { aws: Aws; identity: Identity },
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: ReadingProgress) => void } = {},
): Promise<AccountReading> {
  const { account, partition, kind, name } = identity
  const reader: Reader = { aws, account, signal }
  return withRemedy(aws, async () => {
    const identities = await readIdentities(reader, identity, onProgress)
    const control = await readControlPolicies(reader)
    return { account, partition, readBy: { kind, name }, ...identities, ...control }
  })
}

/** Only a denial is worth single calls: what keeps IAM from answering at all would keep it from answering those. */
async function readIdentities(
  reader: Reader,
  identity: Identity,
  onProgress: ((progress: ReadingProgress) => void) | undefined,
): Promise<Identities & Pick<AccountReading, 'reach' | 'problem'>> {
  const everybody = await answerOf(() => readEverybody(reader, onProgress))
  if ('value' in everybody) return { ...everybody.value, reach: 'account', problem: null }
  const { problem } = everybody
  if (problem.code !== 'denied') return { ...nobody, reach: 'closed', problem }
  const operator = await readOperator(reader, identity)
  return { ...operator, reach: reachOf(operator), problem }
}
