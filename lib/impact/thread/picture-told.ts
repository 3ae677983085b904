import type { ImpactPicture } from '../../impact-facts.ts'
import type { ControlLayer } from '../../principals/control-layers.ts'
import { outsidersIn } from '../../principals/outsiders.ts'
import type { AccountPicture } from '../../principals/picture.ts'
import type { Received } from './planned-resource.ts'

/** What an analysis knew of the account as a whole, as it is kept. */
export function pictureTold(
  { account, readAt, principals, notRead, scps, rcps }: AccountPicture,
  { resources, aliasProblem }: Received = { resources: [], aliasProblem: null },
): ImpactPicture {
  const policies = new Map(resources.map(({ known }) => [known.arn, known.policy]))
  return {
    principalsReadAt: readAt,
    principals: principals.length,
    notRead: [...notRead, ...(aliasProblem ? [{ part: 'aliases' as const, problem: aliasProblem }] : [])],
    scps: levelsOf(scps),
    rcps: levelsOf(rcps),
    outsiders: outsidersIn(policies, account).map((outsider) => ({
      ...outsider,
      resources: outsider.resources.length,
    })),
  }
}

const levelsOf = ({ levels, documents }: ControlLayer) =>
  levels === undefined || levels === 'unread' ? null : documents
