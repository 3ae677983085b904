import type { Aws } from '../aws/clients.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { type ErrorCode, isExpectedError, type Problem } from '../errors.ts'
import { noteTags } from '../inventory/note-tags.ts'
import type { Store } from '../store/store.ts'
import type { Tag } from '../tag.ts'
import { type ItemInProof, recordProof, type TagInProof, type TagProof } from './proofs.ts'
import type { Direction } from './state.ts'

/** A change counts as done when two reads, this far apart, both show it: a single clean read may be one replica's. */
export const CLEAN_READS_APART_MS = 5000
const FIRST_DELAY_SECONDS = 2
const DELAY_SECONDS_MAX = 30

// Reading will not become possible by waiting; everything else is tried again until the ten minutes are over.
const unreadable = new Set<ErrorCode>(['denied', 'notFound', 'invalidInput'])

/** Reads one item's tags back and commits what that proves. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export async function proveItem({ store, aws }: { store: Store; aws: Aws }, item: ItemInProof): Promise<void> {
  const overdue = item.claimedAt > item.proveUntil
  try {
    const current = await tagOperations[item.type].readTags(aws, item.arn)
    const proofs = item.tags.map((tag) => judge(item, tag, current, overdue))
    await recordProof(store, item, proofs, delaySeconds(item, proofs))
    if (proofs.every(({ outcome }) => outcome !== 'settling')) await noteTags(store, item.scope, item.arn, current)
  } catch (error) {
    if (!isExpectedError(error)) throw error
    const problem: Problem = { code: error.code, message: error.message }
    const outcome = unreadable.has(error.code) || overdue ? 'unverified' : 'settling'
    const proofs = item.tags.map(({ key }): TagProof => ({ key, outcome, clean: false, problem }))
    await recordProof(store, item, proofs, delaySeconds(item, proofs))
  }
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
