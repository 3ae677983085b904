import { type Quota, quotas } from '../aws/quotas.ts'
import type { ResourceType } from '../resource.ts'
import type { Direction } from './state.ts'

/** The unit with a request quota of its own: one service of one account in one Region. */
export interface Lane {
  account: string
  region: string
  type: ResourceType
}

/** A lane as one word, which is how jobs and item rows name it. */
export function formatLane({ account, region, type }: Lane): string {
  return `${account}/${region}/${type}`
}

/** Reads what {@link formatLane} wrote. */
export function parseLane(text: string): Lane {
  const [account = '', region = '', type] = text.split('/')
  if (type !== 'key' && type !== 'secret') throw new Error(`not a lane: ${text}`)
  return { account, region, type }
}

const writeQuotas = {
  key: { remove: 'kms:UntagResource', putBack: 'kms:TagResource' },
  secret: { remove: 'secretsmanager:TagOrUntagResource', putBack: 'secretsmanager:TagOrUntagResource' },
} as const satisfies Record<ResourceType, Record<Direction, Quota>>

/** The quota that the writes of one direction spend. */
export function writeQuotaOf(type: ResourceType, direction: Direction): Quota {
  return writeQuotas[type][direction]
}

/** The quota that reading the tags of one resource spends. */
export const readQuotas = {
  key: 'kms:ListResourceTags',
  secret: 'secretsmanager:DescribeSecret',
} as const satisfies Record<ResourceType, Quota>

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
