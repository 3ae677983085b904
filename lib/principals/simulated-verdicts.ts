import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import type { CaseDecision, CaseEffect } from '../access/case.ts'
import type { Arn } from '../arn.ts'
import type { SimulationResult } from '../aws/simulate.ts'
import { decideStances, type StancePair } from './decide-stances.ts'
import type { Simulated, Simulations } from './read-simulations.ts'
import { actionsOn, questionOf } from './simulated-actions.ts'
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

const FROM = 'from iam:SimulatePrincipalPolicy'
const NO_ANSWER = `${FROM}: AWS told nothing of this action`
const OPEN = `${FROM}: the policies read the tag together with context that nobody knows in advance`

/** What becomes of every action on a resource that was asked about; some milliseconds of computing for each. */
export function simulatedVerdicts(
  operator: AccountPrincipal,
  resource: AccountResource,
  { byResource }: Simulations,
): SimulatedVerdict[] {
  const simulated = byResource.get(resource.arn)
  if (!simulated) throw new Error(`no simulation was asked for ${resource.arn}`)
  return actionsOn(resource).map((action) => verdictOn(operator, resource, action, simulated))
}

function verdictOn(
  operator: AccountPrincipal,
  resource: AccountResource,
  action: string,
  { answer, isAlone }: Simulated,
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
