import { tagOperations } from '../aws/tag-operations.ts'
import { isExpectedError, type Problem, problemOf } from '../errors.ts'
import { noteTags } from '../inventory/note-tags.ts'
import type { Tag } from '../tag.ts'
import { pauseRemovals } from './items.ts'
import type { LanePorts } from './lane.ts'
import { type ItemInProof, recordProof, type TagInProof, type TagProof } from './proofs.ts'
import type { Direction } from './state.ts'

/** A change counts as done when two reads, this far apart, both show it: a single clean read may be one replica's. */
const CLEAN_READS_APART_MS = 5000
const FIRST_DELAY_SECONDS = 2
const DELAY_SECONDS_MAX = 30

// Reading will not become possible by waiting; everything else is tried again until the ten minutes are over.
const unreadable = new Set<Problem['code']>(['denied', 'notFound', 'invalidInput'])

/** Reads one item's tags back and commits what that proves. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export async function proveItem(ports: LanePorts, item: ItemInProof): Promise<void> {
  const { store, aws } = ports
  const overdue = item.claimedAt > item.proveUntil
  let current: Tag[]
  try {
    current = await tagOperations[item.type].readTags(aws, item.arn)
  } catch (error) {
    return notRead(ports, item, error, overdue)
  }
  const proofs = item.tags.map((tag) => judge(item, tag, current, overdue))
  const isOurs = await recordProof(store, item, proofs, delaySeconds(item, proofs))
  if (isOurs && proofs.every(({ outcome }) => outcome !== 'settling'))
    await noteTags(store, item.scope, item.arn, current)
}

async function notRead({ store, aws }: LanePorts, item: ItemInProof, error: unknown, overdue: boolean): Promise<void> {
  if (!isExpectedError(error)) console.error(error)
  const problem = problemOf(error)
  // Without credentials nothing is learnt about the tags, however long one reads.
  const signedOut = problem.code.startsWith('credentials')
  if (signedOut) {
    aws.forget()
    await pauseRemovals(store, { removalId: item.removalId }, 'credentials', problem.message)
  }
  const outcome = unreadable.has(problem.code) || (overdue && !signedOut) ? 'unverified' : 'settling'
  const proofs = item.tags.map(({ key }): TagProof => ({ key, outcome, clean: false, problem }))
  await recordProof(store, item, proofs, delaySeconds(item, proofs))
}

const words = {
  remove: { done: 'removed', never: 'stillPresent' },
  putBack: { done: 'restored', never: 'stillAbsent' },
} as const satisfies Record<Direction, object>

function judge(item: ItemInProof, tag: TagInProof, current: readonly Tag[], overdue: boolean): TagProof {
  const { key } = tag
  const value = current.find((one) => one.key === key)?.value
  const { done, never } = words[item.direction]
  const clean = item.direction === 'remove' ? value === undefined : value === tag.value
  if (clean) {
    const proved = tag.cleanSince !== null && item.claimedAt - tag.cleanSince >= CLEAN_READS_APART_MS
    return { key, clean, outcome: proved ? done : 'settling' }
  }
  // Another value cannot be a stale read of ours: somebody has set the tag since.
  if (value !== undefined && value !== tag.value) return { key, clean, outcome: 'reappeared' }
  if (!overdue) return { key, clean, outcome: 'settling' }
  return { key, clean, outcome: tag.seenClean ? 'reappeared' : never }
}

/** Soon at first, then rarer; a clean read is followed by the next one as early as that may count. */
function delaySeconds(item: ItemInProof, proofs: readonly TagProof[]): number {
  if (proofs.every(({ clean }) => clean)) return CLEAN_READS_APART_MS / 1000
  const ageSeconds = (item.claimedAt - item.sentAt) / 1000
  return Math.min(Math.max(FIRST_DELAY_SECONDS, ageSeconds / 2), DELAY_SECONDS_MAX)
}
