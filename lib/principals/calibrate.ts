import { type AccountPrincipal, type AccountResource, caseOf } from '../access/account.ts'
import type { CaseDecision } from '../access/case.ts'
import { decide } from '../access/decide.ts'
import type { Arn } from '../arn.ts'
import { type Probe, probes } from '../aws/probes.ts'
import type { Problem } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import { answerOf } from './answer.ts'
import { pacedAt, type Reader } from './reader.ts'

/** What the engine and AWS say of one action as things are now. */
export interface Calibration {
  readonly resource: Arn
  readonly action: string
  readonly engine: CaseDecision
  /** `unknown`: AWS answered neither yes nor no. */
  readonly aws: 'allow' | 'deny' | 'unknown'
  /** AWS's answer, where it is no yes. */
  readonly problem: Problem | null
}

export interface CalibrationReport {
  readonly checks: readonly Calibration[]
  /** Those where AWS does what the engine rules out: something is missing from the picture. */
  readonly disagreements: readonly Calibration[]
}

const resourceTypes = { 'kms-key': 'key', secret: 'secret' } as const satisfies Record<
  AccountResource['type'],
  ResourceType
>

/**
 * Holds what the engine says of the operator's present access to these resources against AWS, by calls that change
 * nothing and read no secret. One resource of each class is enough; give them with their grants. Tags of keys that
 * changed in the last five minutes may not count in AWS yet, and disagree for that reason alone.
 * @throws ExpectedError `credentialsExpired` and its like
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export async function calibrate(
  reader: Reader,
  operator: AccountPrincipal,
  resources: readonly AccountResource[],
): Promise<CalibrationReport> {
  const checks: Calibration[] = []
  for (const resource of resources) {
    const asked = probes[resourceTypes[resource.type]].map((probe) => check(reader, operator, resource, probe))
    checks.push(...(await Promise.all(asked)))
  }
  return { checks, disagreements: checks.filter(disagrees) }
}

async function check(
  reader: Reader,
  operator: AccountPrincipal,
  resource: AccountResource,
  { action, quota, ask }: Probe,
): Promise<Calibration> {
  const { arn } = resource
  const now = caseOf(operator, { ...resource, removeTags: [] }, action)
  const engine = decide(now, { context: 'open' }).before
  const answer = await answerOf(() => pacedAt(reader, arn, quota, () => ask(reader.aws, arn)))
  if ('value' in answer) return { resource: arn, action, engine, aws: 'allow', problem: null }
  const { problem } = answer
  return { resource: arn, action, engine, aws: problem.code === 'denied' ? 'deny' : 'unknown', problem }
}

/** What hangs on unknown context or cannot be known rules nothing out. */
function disagrees({ engine, aws }: Calibration): boolean {
  return (engine === 'allow' && aws === 'deny') || (engine === 'deny' && aws === 'allow')
}
