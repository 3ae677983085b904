import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import { type Arn, parseArn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import { type Answer, answerOf } from './answer.ts'
import type { Reader } from './reader.ts'
import { alikeFor, type BothSides, simulateAlike } from './simulate-alike.ts'

/** What AWS's simulator said of each resource; plain data, that a thread can be handed. */
export interface Simulations {
  readonly byResource: ReadonlyMap<Arn, Simulated>
  /** What kept AWS's simulator from an answer to some or all. */
  readonly problem: Problem | null
}

export interface Simulated {
  readonly answer: Answer<BothSides>
  /** Whether it was asked about by itself. */
  readonly isAlone: boolean
}

/**
 * Asks AWS's simulator about all actions of the operator on these resources, before and after the removal.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readSimulations(
  reader: Reader,
  operator: AccountPrincipal,
  resources: readonly AccountResource[],
): Promise<Simulations> {
  const source = simulatedArn(operator)
  const byResource = new Map<Arn, Simulated>()
  let problem: Problem | null = null
  for (const alike of alikeFor(resources)) {
    // What keeps one simulation from an answer keeps the next from theirs.
    const answer: Answer<BothSides> = problem ? { problem } : await answerOf(() => simulateAlike(reader, source, alike))
    if ('problem' in answer) problem = answer.problem
    for (const { arn } of alike) byResource.set(arn, { answer, isAlone: alike.length === 1 })
  }
  return { byResource, problem }
}

/** AWS simulates roles and users, not sessions. Where the role's path could not be read, it is taken to have none. */
function simulatedArn({ arn, roleArn }: AccountPrincipal): string {
  if (roleArn !== undefined) return roleArn
  const { partition, account, resource = '' } = parseArn(arn) ?? {}
  const [, roleName] = /^assumed-role\/([^/]+)\//.exec(resource) ?? []
  return roleName === undefined ? arn : `arn:${partition}:iam::${account}:role/${roleName}`
}
