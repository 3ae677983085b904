import pLimit from 'p-limit'
import { type Arn, keyIdOf, parseArn } from '../arn.ts'
import { SOCKETS_PER_CLIENT } from '../aws/clients.ts'
import { describeKey, listAliases, listKeyArns, listKeyTags } from '../aws/kms.ts'
import { keyResource } from '../aws/tag-operations.ts'
import { isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { concerns } from './problem-reach.ts'
import { paced, pacedPages, type ScanLane } from './scan-lane.ts'

/** Reads every key of a Region: facts of all, tags of those that are the customer's. */
export async function scanKeys(lane: ScanLane): Promise<void> {
  const aliases = await aliasesByKey(lane)
  const limit = pLimit(SOCKETS_PER_CLIENT)
  for await (const arns of pacedPages(lane, 'kms:ListKeys', listKeyArns(lane.aws, lane.region))) {
    lane.count({ listed: arns.length })
    const read = await limit.map(arns, async (arn) => {
      const resource = await readKey(lane, arn)
      lane.count({ done: 1 })
      return resource
    })
    await lane.keep(read.flatMap((resource) => (resource ? withAliases(resource, aliases) : [])))
  }
}

/** Aliases of all keys of the Region, in order; without the permission keys go by their descriptions. */
async function aliasesByKey(lane: ScanLane): Promise<Map<string, string[]>> {
  const aliases = new Map<string, string[]>()
  try {
    for await (const page of pacedPages(lane, 'kms:ListAliases', listAliases(lane.aws, lane.region))) {
      for (const { keyId, alias } of page) aliases.set(keyId, [...(aliases.get(keyId) ?? []), alias].sort())
    }
  } catch (error) {
    if (!isExpectedError(error) || concerns(error) !== 'resource') throw error
    lane.note(problemOf(error))
  }
  return aliases
}

function withAliases(key: Resource, aliases: Map<string, string[]>): Resource {
  const own = aliases.get(keyIdOf(key.arn)) ?? []
  return { ...key, aliases: own, name: own[0] ?? key.name }
}

/** One key, or undefined when it was deleted since it was listed. What is denied is a problem of this key alone. */
async function readKey(lane: ScanLane, arn: Arn): Promise<Resource | undefined> {
  let known = unreadKey(arn)
  try {
    const facts = await paced(lane, 'kms:DescribeKey', () => describeKey(lane.aws, arn))
    known = keyResource(facts, null)
    // The tags of AWS managed keys may be listed by nobody: they stay unknown, which is no problem.
    if (facts.manager === 'AWS') return known
    return { ...known, tags: await paced(lane, 'kms:ListResourceTags', () => listKeyTags(lane.aws, arn)) }
  } catch (error) {
    if (!isExpectedError(error) || concerns(error) !== 'resource') throw error
    if (error.code === 'notFound') return undefined
    return { ...known, problem: problemOf(error) satisfies Problem }
  }
}

function unreadKey(arn: Arn): Resource {
  const { account = '', region = '' } = parseArn(arn) ?? {}
  return {
    arn,
    type: 'key',
    account,
    region,
    name: keyIdOf(arn),
    aliases: [],
    description: '',
    state: 'unknown',
    manager: 'unknown',
    createdAt: null,
    deletionAt: null,
    primaryRegion: null,
    siblings: [],
    kmsKeyId: null,
    tags: null,
    problem: null,
  }
}
