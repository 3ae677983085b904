import type { AccountPrincipal, AccountResource } from '../../access/account.ts'
import { mirrored } from '../../access/mirror.ts'
import { blocksUntag } from '../../access/secrets.ts'
import type { Simulations } from '../../principals/read-simulations.ts'
import { type SimulatedVerdict, simulatedVerdicts } from '../../principals/simulated-verdicts.ts'
import type { Change } from './changes.ts'
import type { Answer, Direction, Told } from './messages.ts'
import { callNames, type OperatorCalls } from './operator-calls.ts'
import type { BothStates } from './planned-resource.ts'

/** What AWS's simulator tells of the operator on one resource. */
export interface SimulatedSide {
  readonly changes: readonly Change[]
  readonly calls: OperatorCalls
}

/** The operator's access to each resource where its own policies may not be read. */
export function* simulatedSides(
  operator: AccountPrincipal,
  states: readonly BothStates[],
  direction: Direction,
): Generator<Told, SimulatedSide[], Answer> {
  const removals = states.map(({ removal }) => removal)
  // The simulator is not asked about what stands on the resources' side, which is large.
  const resources = removals.map(({ policy: _, grants: __, rcps: ___, ...bare }) => bare)
  const { simulations } = yield { is: 'simulationsWanted', operator, resources }
  if (simulations === undefined) throw new Error('the simulations were not handed over')
  return removals.map((removal) => simulatedSide(operator, removal, simulations, direction))
}

function simulatedSide(
  operator: AccountPrincipal,
  removal: AccountResource,
  simulations: Simulations,
  direction: Direction,
): SimulatedSide {
  const verdicts = simulatedVerdicts(operator, removal, simulations).map((verdict) =>
    direction === 'remove' ? verdict : mirrored(verdict),
  )
  const byAction = new Map(verdicts.map((verdict) => [verdict.action, verdict]))
  const { change, reverse } = callNames(removal.type, direction)
  const [first, second] = [byAction.get(change), byAction.get(reverse)]
  const changed = verdicts.filter(({ effect }) => effect.length > 0)
  const verdictOn = ({ name }: { name: string }) => {
    const { before, effect } = byAction.get(name) ?? unknownVerdict
    return { before, effect }
  }
  const awsRefuses = removal.type === 'secret' && changed.length > 0 && blocksUntag(verdictOn, change)
  return {
    changes: grouped(changed),
    calls: {
      change: first?.before ?? 'unknown',
      reverse: second?.after ?? 'unknown',
      awsRefuses,
      reasons: [
        first?.before === 'unknown' ? first.reason : [],
        second?.after === 'unknown' ? second.reason : [],
      ].flat(),
    },
  }
}

const unknownVerdict = { before: 'unknown', effect: ['unknown'] } as const

/** Actions of which the same is said are one change. */
function grouped(verdicts: readonly SimulatedVerdict[]): Change[] {
  const alike = Map.groupBy(verdicts, ({ before, after, effect, reason }) =>
    JSON.stringify([before, after, effect, reason]),
  )
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { before, after, effect, reason } = first
    return { before, after, effect, actions: group.map(({ action }) => action), undecided: false, reason }
  })
}
