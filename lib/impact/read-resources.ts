import { keyIdOf } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { Reader } from '../principals/reader.ts'
import { readPolicyTexts } from '../principals/resource-policies.ts'
import type { PlanItem } from './plan-items.ts'
import { readAliases } from './read-aliases.ts'
import type { ResourceInput } from './thread/messages.ts'

/** The resources of a plan with what stands on their side, in their order. */
export interface ReadResources {
  readonly resources: readonly ResourceInput[]
  /** Why the aliases of some keys are not known. */
  readonly aliasProblem: Problem | null
}

/**
 * Reads the policies of the plan's resources, and the aliases of its keys.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readResources(
  reader: Reader,
  items: readonly PlanItem[],
  onRead: (done: number) => void,
): Promise<ReadResources> {
  const arns = items.map(({ arn }) => arn)
  const regionsOfKeys = items.filter(({ type }) => type === 'key').map(({ region }) => region)
  const [policies, { byRegion, problem }] = await Promise.all([
    readPolicyTexts(reader, arns, onRead),
    readAliases(reader, regionsOfKeys),
  ])
  const resources = items.map(({ arn, type, region, primaryRegion, facts, tags }): ResourceInput => {
    const ofRegion = type === 'key' ? byRegion.get(region) : undefined
    const aliases = ofRegion ? (ofRegion.get(keyIdOf(arn)) ?? []) : null
    const policy = policies.get(arn) ?? { text: null, problem: null }
    return { arn, type, region, primaryRegion, facts, aliases, policy, changed: tags }
  })
  return { resources, aliasProblem: problem }
}
