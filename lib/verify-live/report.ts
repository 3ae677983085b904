import type { Identity } from '../aws/identity.ts'
import type { Place, Verdict } from './rule.ts'
import { DELETION_DAYS, MARK } from './throwaway.ts'
import type { Finding, Findings } from './verify.ts'

const words: Record<Verdict['state'], string> = {
  held: 'held',
  didNotHold: 'DID NOT HOLD',
  notTested: 'not tested',
  failed: 'FAILED',
}
const stateWidth = Math.max(...Object.values(words).map(({ length }) => length))
const serviceWidth = 'secretsmanager'.length

/**
 * What is going to happen, before it does.
 * @see https://aws.amazon.com/kms/pricing/ (keys that wait for deletion cost nothing)
 * @see https://aws.amazon.com/secrets-manager/pricing/ (nor do secrets)
 */
export function announcement({ identity, region }: Pick<Place, 'identity' | 'region'>, runId: string): string {
  return `As ${whoIs(identity)} in ${region} this creates
  a KMS key (symmetric, default key policy)
  a secret ${MARK}/${runId} (it holds no secret)
both with the tag ${MARK} = ${runId}, tries the rules on them, puts a policy on the secret that denies you some calls
on it, and schedules the deletion of both in ${DELETION_DAYS} days, the fewest that AWS allows.
Cost: 1.00 USD a month for the key and 0.40 USD for the secret, by the hour, until their deletion is scheduled; together
with some hundred calls less than 0.02 USD.`
}

function whoIs({ arn, account, endpoint }: Identity): string {
  return `${arn} of account ${account}${endpoint === null ? '' : ` at ${endpoint} (not AWS)`}`
}

/** One rule, and below it what was seen. */
export function line({ state, service, rule, saw }: Finding): string {
  return `${words[state].padEnd(stateWidth)}  ${service.padEnd(serviceWidth)}  ${rule}\n${' '.repeat(stateWidth + serviceWidth + 4)}${saw}`
}

/** The end: how many rules came out how, and every problem. */
export function summary({ findings, problems }: Findings): string {
  const counts = Object.entries(words).flatMap(([state, word]) => {
    const count = findings.filter((finding) => finding.state === state).length
    return count > 0 ? `${count} ${word}` : []
  })
  return [`${findings.length} rules: ${counts.join(', ') || 'none tried'}.`, ...problems].join('\n')
}

/** Whether nothing speaks against what the product stands on. */
export function isGood({ findings, problems }: Findings): boolean {
  return problems.length === 0 && findings.every(({ state }) => state === 'held' || state === 'notTested')
}
