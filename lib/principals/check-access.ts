import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import type { Identity } from '../aws/identity.ts'
import { enabledRegions } from '../aws/regions.ts'
import type { ErrorCode, Problem } from '../errors.ts'
import { type NeedId, needs } from '../needed-actions.ts'
import { type Examples, findExamples } from './access-examples.ts'
import { type TryPlace, tries } from './access-tries.ts'
import { answerOf } from './answer.ts'

/** Whether the caller may do what a need asks for. `failed`: AWS said neither yes nor no. */
export interface AccessCheck {
  readonly need: NeedId
  readonly state: 'works' | 'denied' | 'notTried' | 'failed'
  /** With a denial the missing permission; else why it was not tried or what went wrong. */
  readonly note: string | null
}

export interface AccessReport extends Examples {
  readonly region: string
  /** ISO 8601, UTC. */
  readonly checkedAt: string
  readonly checks: readonly AccessCheck[]
}

/**
 * Tries by harmless calls what the present credentials may do, on one key and one secret of a Region: the one that is
 * named, that of the AWS settings, or the first that is enabled. Another key may answer otherwise, for every key has a
 * policy of its own.
 * @throws ExpectedError `credentialsMissing`, `credentialsExpired`, `credentialsInvalid`
 */
export async function checkAccess(
  { aws, identity }: { aws: Aws; identity: Identity },
  wanted?: string,
): Promise<AccessReport> {
  return withRemedy(aws, async () => {
    const region = wanted ?? (await aws.defaultRegion()) ?? (await firstRegion(aws, identity))
    const examples = await findExamples(aws, region)
    const place = { aws, identity, region, ...examples }
    const checks = await Promise.all((Object.keys(needs) as NeedId[]).map((need) => checkNeed(need, place)))
    return { region, ...examples, checkedAt: new Date().toISOString(), checks }
  })
}

async function firstRegion(aws: Aws, { partition }: Identity): Promise<string> {
  const { regions } = await enabledRegions(aws, partition)
  return regions[0] ?? 'us-east-1'
}

// Who hears these has been let in, and what was asked does not suit the key or the secret.
const allowedAnyway: readonly Problem['code'][] = [
  'refusedByService',
  'keyState',
  'markedForDeletion',
] satisfies ErrorCode[]

async function checkNeed(need: NeedId, place: TryPlace): Promise<AccessCheck> {
  const answer = await answerOf(() => tries[need](place))
  if ('value' in answer) {
    return answer.value === undefined
      ? { need, state: 'works', note: null }
      : { need, state: 'notTried', note: answer.value }
  }
  const { code, message } = answer.problem
  if (allowedAnyway.includes(code)) return { need, state: 'works', note: null }
  return { need, state: code === 'denied' ? 'denied' : 'failed', note: message }
}
