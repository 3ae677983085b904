import pLimit from 'p-limit'
import { SOCKETS_PER_CLIENT } from '../aws/clients.ts'
import { describeSecret, listSecrets, type SecretFacts } from '../aws/secrets.ts'
import { secretResource } from '../aws/tag-operations.ts'
import { isExpectedError, problemOf } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { concerns } from './problem-reach.ts'
import { paced, pacedPages, type ScanLane } from './scan-lane.ts'

/** Reads every secret of a Region with its tags, which the listing brings along. */
export async function scanSecrets(lane: ScanLane): Promise<void> {
  const limit = pLimit(SOCKETS_PER_CLIENT)
  for await (const page of pacedPages(lane, 'secretsmanager:ListSecrets', listSecrets(lane.aws, lane.region))) {
    lane.count({ listed: page.length })
    await lane.keep(await limit.map(page, (secret) => withReplicas(lane, secret)))
    lane.count({ done: page.length })
  }
}

/** The listing tells a replica's primary, but not a primary's replicas. */
async function withReplicas(lane: ScanLane, listed: SecretFacts): Promise<Resource> {
  if (!listed.isReplicated || listed.primaryRegion !== null) return secretResource(listed)
  try {
    const { siblings } = await paced(lane, 'secretsmanager:DescribeSecret', () => describeSecret(lane.aws, listed.arn))
    return { ...secretResource(listed), siblings }
  } catch (error) {
    if (!isExpectedError(error) || concerns(error) !== 'resource') throw error
    return { ...secretResource(listed), problem: problemOf(error) }
  }
}
