import { setImmediate as breathe } from 'node:timers/promises'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import type { CaseDecision, CaseEffect } from '../access/case.ts'
import { type Arn, parseArn } from '../arn.ts'
import type { SimulationResult } from '../aws/simulate.ts'
import type { Problem } from '../errors.ts'
import { type Answer, answerOf } from './answer.ts'
import { decideStances, type StancePair } from './decide-stances.ts'
import type { Reader } from './reader.ts'
import { actionsOn, alikeFor, type BothSides, questionOf, simulateAlike } from './simulate-alike.ts'
import { afterRemoval, missesContext, missesTag } from './simulation-context.ts'
import { stancesOf } from './stances.ts'

/** What becomes of one action of the operator on one resource, as far as AWS's simulator can tell. */
export interface SimulatedVerdict {
  readonly resource: Arn
  readonly action: string
  readonly before: CaseDecision
  readonly after: CaseDecision
  readonly effect: readonly CaseEffect[]
  /** Where the answer is from, and why it is unknown where it is. */
  readonly reason: string
}

export interface SimulatedAccess {
  /** For each resource all actions that are done to it. */
  readonly verdicts: readonly SimulatedVerdict[]
  /** What kept AWS's simulator from an answer; all that it did not answer is unknown. */
  readonly problem: Problem | null
}

/** Whether policies of somebody's own are missing, so that only AWS's simulator can tell of that side. */
export function isOwnSideUnread({ identityPolicies, groups = [], boundary }: AccountPrincipal): boolean {
  return [...identityPolicies, ...groups.flatMap(({ policies }) => policies), boundary].includes('unread')
}

const FROM = 'from iam:SimulatePrincipalPolicy'
const NO_ANSWER = `${FROM}: AWS told nothing of this action`
const OPEN = `${FROM}: the policies read the tag together with context that nobody knows in advance`

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
  const source = simulatedArn(operator)
  const verdicts: SimulatedVerdict[] = []
  let problem: Problem | null = null
  for (const alike of alikeFor(resources)) {
    // What keeps one simulation from an answer keeps the next from theirs.
    const answer: Answer<BothSides> = problem ? { problem } : await answerOf(() => simulateAlike(reader, source, alike))
    if ('problem' in answer) problem = answer.problem
    for (const resource of alike) {
      const isAlone = alike.length === 1
      verdicts.push(...actionsOn(resource).map((action) => verdictOn(operator, resource, action, answer, isAlone)))
      await breathe()
    }
  }
  return { verdicts, problem }
}

/** AWS simulates roles and users, not sessions. Where the role's path could not be read, it is taken to have none. */
function simulatedArn({ arn, roleArn }: AccountPrincipal): string {
  if (roleArn !== undefined) return roleArn
  const { partition, account, resource = '' } = parseArn(arn) ?? {}
  const [, roleName] = /^assumed-role\/([^/]+)\//.exec(resource) ?? []
  return roleName === undefined ? arn : `arn:${partition}:iam::${account}:role/${roleName}`
}

function verdictOn(
  operator: AccountPrincipal,
  resource: AccountResource,
  action: string,
  answer: Answer<BothSides>,
  isAlone: boolean,
): SimulatedVerdict {
  const named = { resource: resource.arn, action }
  const unknown = { ...named, before: 'unknown', after: 'unknown', effect: ['unknown'] } as const
  if ('problem' in answer) return { ...unknown, reason: answer.problem.message }
  const question = questionOf(action, resource.arn)
  const [before, after] = [answer.value.before.get(question), answer.value.after.get(question)]
  if (before === undefined || after === undefined) return { ...unknown, reason: NO_ANSWER }
  const pairs = pairsOf(before, after, resource, isAlone)
  if (pairs === undefined) return { ...unknown, reason: OPEN }
  const { reason, ...decided } = decideStances(operator, resource, action, pairs)
  return { ...named, ...decided, reason: reason === undefined ? FROM : `${FROM}: ${reason}` }
}

/** What the operator's own side may be before and after; undefined when that may be anything. */
function pairsOf(
  before: SimulationResult,
  after: SimulationResult,
  resource: AccountResource,
  isAlone: boolean,
): StancePair[] | undefined {
  const isContextMissing =
    missesContext(before.missing, resource) || missesContext(after.missing, afterRemoval(resource))
  const first = stancesOf(before, { isContextMissing, isAlone })
  const second = stancesOf(after, { isContextMissing, isAlone })
  if (before === after) return first.map((stance) => [stance, stance])
  if (!isContextMissing) return first.flatMap((stance) => second.map((other): StancePair => [stance, other]))
  // What does not read the tag says the same before and after, whatever the context is.
  const isTagRead = [before, after].some(({ missing }) => missesTag(missing, resource.removeTags, resource))
  return isTagRead || before.decision !== after.decision ? undefined : first.map((stance) => [stance, stance])
}
