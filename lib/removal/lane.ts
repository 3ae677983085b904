import { sql } from 'drizzle-orm'
import type { Aws } from '../aws/clients.ts'
import { type Quota, quotas } from '../aws/quotas.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import type { ResourceType } from '../resource.ts'
import type { Store } from '../store/store.ts'
import type { Direction } from './state.ts'

/** The unit with a request quota of its own: one service of one account in one Region. */
export interface Lane {
  account: string
  region: string
  type: ResourceType
}

/** What everybody who works in a lane is given. */
export interface LanePorts {
  store: Store
  aws: Aws
}

/** A lane as one word, which is how jobs and item rows name it, of a row with `arn`, `region` and `type`. */
export const laneOfRow = sql`split_part(arn, ':', 5) || '/' || region || '/' || type`

/** Reads what {@link laneOfRow} wrote. */
export function parseLane(text: string): Lane {
  const [account = '', region = '', type] = text.split('/')
  if (type !== 'key' && type !== 'secret') throw new Error(`not a lane: ${text}`)
  return { account, region, type }
}

/** The quota that the writes of one direction spend. */
export function writeQuotaOf(type: ResourceType, direction: Direction): Quota {
  return tagOperations[type][direction === 'remove' ? 'untagQuota' : 'tagQuota']
}

/** How much of a read quota may be spent on proofs and plans: others read too. */
export const READ_SHARE = 0.5

// Two reads five seconds apart, and what they take.
const PROOF_SECONDS = 7

/**
 * How long so many resources take, in whole seconds: lanes run side by side, one call per resource, and the last ones
 * are proved. `perSecond` may say what a lane really reached; otherwise its share of the quota counts.
 */
export function secondsFor(
  lanes: readonly { type: ResourceType; resources: number; perSecond?: number | undefined }[],
  direction: Direction,
  share: number,
): number {
  const seconds = lanes.map(
    ({ type, resources, perSecond }) => resources / (perSecond ?? quotas[writeQuotaOf(type, direction)] * share),
  )
  return seconds.length === 0 ? 0 : Math.ceil(Math.max(...seconds) + PROOF_SECONDS)
}
