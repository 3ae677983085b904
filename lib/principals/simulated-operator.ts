import { setImmediate as breathe } from 'node:timers/promises'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import type { Problem } from '../errors.ts'
import { readSimulations } from './read-simulations.ts'
import type { Reader } from './reader.ts'
import { type SimulatedVerdict, simulatedVerdicts } from './simulated-verdicts.ts'

export interface SimulatedAccess {
  /** For each resource all actions that are done to it. */
  readonly verdicts: readonly SimulatedVerdict[]
  /** What kept AWS's simulator from an answer; all that it did not answer is unknown. */
  readonly problem: Problem | null
}

/**
 * What a removal does to the operator's own access where its policies may not be read: AWS's simulator tells what they
 * say before and after, with boundary and SCPs, and the engine combines it with what stands on the resources' side.
 * Nobody looks at session policies here.
 * @throws ExpectedError `credentialsExpired` and its like
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export async function simulatedOperator(
  reader: Reader,
  operator: AccountPrincipal,
  resources: readonly AccountResource[],
): Promise<SimulatedAccess> {
  const simulations = await readSimulations(reader, operator, resources)
  const verdicts: SimulatedVerdict[] = []
  for (const resource of resources) {
    verdicts.push(...simulatedVerdicts(operator, resource, simulations))
    await breathe()
  }
  return { verdicts, problem: simulations.problem }
}
