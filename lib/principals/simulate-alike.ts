import type { AccountResource } from '../access/account.ts'
import { type Simulation, type SimulationResult, simulatePage } from '../aws/simulate.ts'
import { pacedIam, type Reader } from './reader.ts'
import { actionsOn, questionOf } from './simulated-actions.ts'
import { afterRemoval, simulationContext, untagContext } from './simulation-context.ts'

// So many that one page holds all actions of a service on them.
const RESOURCES_PER_SIMULATION = 20

/** What AWS's simulator says of each action and resource, before and after the removal. */
export interface BothSides {
  readonly before: SimulationResults
  readonly after: SimulationResults
}

/** By {@link questionOf}. */
export type SimulationResults = ReadonlyMap<string, SimulationResult>

/** Groups resources that one simulation can ask about: of one type, with the same tags, of which the same go. */
export function alikeFor(resources: readonly AccountResource[]): AccountResource[][] {
  const alike = Map.groupBy(resources, ({ type, tags, removeTags }) => JSON.stringify([type, [...tags], removeTags]))
  return [...alike.values()].flatMap((group) => {
    const count = Math.ceil(group.length / RESOURCES_PER_SIMULATION)
    return Array.from({ length: count }, (_, index) =>
      group.slice(index * RESOURCES_PER_SIMULATION, (index + 1) * RESOURCES_PER_SIMULATION),
    )
  })
}

/**
 * Asks AWS's simulator about all actions on resources that are alike, before and after the removal.
 * @throws ExpectedError as {@link simulatePage}
 */
export async function simulateAlike(
  reader: Reader,
  principalArn: string,
  alike: readonly AccountResource[],
): Promise<BothSides> {
  const [first] = alike
  if (first === undefined) return { before: new Map(), after: new Map() }
  const { tags } = afterRemoval(first)
  const before = await simulateSide(reader, principalArn, alike, first)
  if (tags.size === first.tags.size) return { before, after: before }
  return { before, after: await simulateSide(reader, principalArn, alike, { ...first, tags }) }
}

async function simulateSide(
  reader: Reader,
  principalArn: string,
  alike: readonly AccountResource[],
  example: AccountResource,
): Promise<SimulationResults> {
  const actions = actionsOn(example)
  const untag = actions.filter((action) => action.endsWith(':UntagResource'))
  const common = { principalArn, arns: alike.map(({ arn }) => arn) }
  const context = simulationContext(principalArn, example)
  const results = [
    ...(await simulate(reader, { ...common, actions: actions.filter((action) => !untag.includes(action)), context })),
    ...(await simulate(reader, { ...common, actions: untag, context: [...context, untagContext(example.removeTags)] })),
  ]
  return new Map(results.map((result) => [questionOf(result.action, result.arn), result]))
}

async function simulate(reader: Reader, simulation: Simulation): Promise<SimulationResult[]> {
  const results: SimulationResult[] = []
  let marker: string | undefined
  do {
    const from = marker
    const page = await pacedIam(reader, () => simulatePage(reader.aws, simulation, from), 'iam:SimulatePrincipalPolicy')
    results.push(...page.results)
    marker = page.next
  } while (marker !== undefined)
  return results
}
