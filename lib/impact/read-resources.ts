import { keyIdOf } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { ResourceFacts } from '../impact-facts.ts'
import type { Reader } from '../principals/reader.ts'
import { readPolicyTexts } from '../principals/resource-policies.ts'
import type { Tag } from '../tag.ts'
import type { PlanItem } from './plan-items.ts'
import { readAliases } from './read-aliases.ts'
import { type FactsNow, readFacts } from './read-facts.ts'
import type { Direction, ResourceInput } from './thread/messages.ts'

/** The resources of a plan with what stands on their side, in their order. */
export interface ReadResources {
  readonly resources: readonly ResourceInput[]
  /** Why the aliases of some keys are not known. */
  readonly aliasProblem: Problem | null
  /** What was read of the resources themselves; empty: the plan has just read them. */
  readonly factsNow: FactsNow
}

interface Wanted {
  readonly items: readonly PlanItem[]
  readonly direction: Direction
  /** Whether the resources themselves are read again. */
  readonly anew: boolean
}

const none: FactsNow = new Map()

/**
 * Reads the policies of the plan's resources, and the aliases of its keys. A resource that may not be read any more
 * counts as one whose policy may not.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readResources(
  reader: Reader,
  { items, direction, anew }: Wanted,
  onRead: (done: number) => void,
): Promise<ReadResources> {
  const arns = items.map(({ arn }) => arn)
  const regionsOfKeys = items.filter(({ type }) => type === 'key').map(({ region }) => region)
  const [policies, { byRegion, problem }, factsNow] = await Promise.all([
    readPolicyTexts(reader, arns, onRead),
    readAliases(reader, regionsOfKeys),
    anew ? readFacts(reader, items) : none,
  ])
  const resources = items.map(({ arn, type, region, primaryRegion, facts: known, tags }): ResourceInput => {
    const ofRegion = type === 'key' ? byRegion.get(region) : undefined
    const aliases = ofRegion ? (ofRegion.get(keyIdOf(arn)) ?? []) : null
    const now = factsNow.get(arn) ?? { value: known }
    const [facts, unread] = 'value' in now ? [now.value, undefined] : [known, { text: null, problem: now.problem }]
    const policy = unread ?? policies.get(arn) ?? { text: null, problem: null }
    const changed = asReviewed(direction, tags, facts)
    return { arn, type, region, primaryRegion, facts, aliases, policy, changed }
  })
  return { resources, aliasProblem: problem, factsNow }
}

/** A tag that has another value by now is left alone, and the others may then do something else than all together. */
function asReviewed(direction: Direction, tags: readonly Tag[], { tags: current }: ResourceFacts): readonly Tag[] {
  const now = new Map(current.map(({ key, value }) => [key, value]))
  return tags.filter(({ key, value }) => now.get(key) === (direction === 'remove' ? value : undefined))
}
