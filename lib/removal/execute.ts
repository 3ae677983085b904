import type { Aws } from '../aws/clients.ts'
import { paceOf } from '../aws/pace.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { requestIdOf } from '../aws/translate-error.ts'
import { isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { Tag } from '../tag.ts'
import { finishClaim, type NextTry, recordFailedCall, recordOutcomes, type TagOutcome } from './finish-claim.ts'
import { type ClaimedItem, pauseRemovals } from './items.ts'
import { type LanePorts, parseLane, READ_SHARE, writeQuotaOf } from './lane.ts'
import { maySend } from './may-send.ts'
import { type Caller, callerOf } from './same-identity.ts'
import { writeShare } from './share.ts'

const ATTEMPTS_MAX = 8
const RETRY_SECONDS_MAX = 60
const THROTTLED_RETRY_SECONDS = 0.5

type Reaction = { do: 'pause' | 'yield' | 'retry' } | { do: 'settle'; outcome: Outcome; splits?: true }

/** What a failed call means for the item. Codes that are not listed settle its tags as `failed`. */
const reactions: Partial<Record<Problem['code'], Reaction>> = {
  credentialsExpired: { do: 'pause' },
  credentialsMissing: { do: 'pause' },
  credentialsInvalid: { do: 'pause' },
  throttled: { do: 'yield' },
  unknownOutcome: { do: 'retry' },
  serviceError: { do: 'retry' },
  unreachable: { do: 'retry' },
  notAws: { do: 'retry' },
  bug: { do: 'retry' },
  // A call for several tag keys is refused as a whole, so each is then tried by itself.
  denied: { do: 'settle', outcome: 'denied', splits: true },
  // What a part of the tag keys would do to access nobody has reviewed.
  lockoutRefused: { do: 'settle', outcome: 'refused' },
  invalidTag: { do: 'settle', outcome: 'refused', splits: true },
  keyState: { do: 'settle', outcome: 'refused' },
  markedForDeletion: { do: 'settle', outcome: 'refused' },
  refusedByService: { do: 'settle', outcome: 'refused' },
}

const failed: Reaction = { do: 'settle', outcome: 'failed' }

/**
 * Works off one claimed item: re-reads its tags, leaves alone what is not as reviewed, sends one call for the rest, and
 * commits what became of each tag key. Whatever happens in between, the next try begins by reading again.
 */
export async function executeItem(ports: LanePorts, item: ClaimedItem): Promise<void> {
  const { outcomes, tryAgain } = await changeTags(ports, item, item.tags, item.sent)
  await finishClaim(ports.store, item, outcomes, tryAgain)
}

interface Attempt {
  /** What became of tag keys. Not yet committed: whoever asked for the attempt does that. */
  outcomes: TagOutcome[]
  /** How the item waits for its next try; absent when every tag key has its outcome. */
  tryAgain?: NextTry
}

async function changeTags(
  ports: LanePorts,
  item: ClaimedItem,
  tags: readonly Tag[],
  sentBefore: boolean,
): Promise<Attempt> {
  const operations = tagOperations[item.type]
  let caller: Caller
  let current: Tag[]
  try {
    caller = await callerOf(ports.aws, operations.writer(ports.aws, item.region))
    // The lane pauses what it may not go on with before it claims again.
    if (caller.scope !== item.scope) return { outcomes: [], tryAgain: { nothingSent: !sentBefore } }
    current = await operations.readTags(ports.aws, item.arn)
  } catch (error) {
    return react(ports, item, tags, error, 'read', sentBefore)
  }
  const { outcomes, unchanged } = compare(item, tags, current, sentBefore)
  if (unchanged.length === 0) return { outcomes }
  // One read that shows the tag may be stale: what came of a call in doubt is for the proof to find out.
  if (item.cancelled) return { outcomes: [...outcomes, ...all(unchanged, { outcome: 'settling' })] }
  const sending = { tags: unchanged, accessKeyId: caller.accessKeyId }
  if (!(await maySend(ports.store, item, sending))) return { outcomes, tryAgain: { nothingSent: !sentBefore } }
  try {
    const requestId = await send(ports.aws, item, unchanged)
    return { outcomes: [...outcomes, ...all(unchanged, { outcome: 'settling', requestId })] }
  } catch (error) {
    const attempt = await react(ports, item, unchanged, error, 'write', sentBefore)
    return { ...attempt, outcomes: [...outcomes, ...attempt.outcomes] }
  }
}

function send(aws: Aws, { type, direction, arn }: ClaimedItem, tags: readonly Tag[]): Promise<string> {
  const { untag, tag } = tagOperations[type]
  if (direction === 'putBack') return tag(aws, arn, tags)
  const tagKeys = tags.map(({ key }) => key)
  return untag(aws, arn, tagKeys)
}

const all = (tags: readonly Tag[], one: Omit<TagOutcome, 'key'>): TagOutcome[] =>
  tags.map(({ key }) => ({ key, ...one }))

/**
 * Holds the live tags against the reviewed ones. What already is as intended was either never ours to do, or the
 * effect of an earlier call whose answer was lost; a value that nobody reviewed is left alone. Once a call was sent, that
 * value may have been set after it: nobody may be told then that nothing was sent.
 */
function compare(item: ClaimedItem, tags: readonly Tag[], current: readonly Tag[], sentBefore: boolean) {
  const now = new Map(current.map(({ key, value }) => [key, value]))
  const outcomes: TagOutcome[] = []
  const unchanged: Tag[] = []
  for (const tag of tags) {
    const value = now.get(tag.key)
    const intended = item.direction === 'remove' ? value === undefined : value === tag.value
    const asReviewed = item.direction === 'remove' ? value === tag.value : value === undefined
    if (intended) outcomes.push({ key: tag.key, outcome: sentBefore ? 'settling' : alreadyDone[item.direction] })
    else if (asReviewed) unchanged.push(tag)
    else outcomes.push({ key: tag.key, outcome: sentBefore ? 'settling' : 'conflict' })
  }
  return { outcomes, unchanged }
}

const alreadyDone = { remove: 'alreadyAbsent', putBack: 'alreadyPresent' } as const

async function react(
  ports: LanePorts,
  item: ClaimedItem,
  tags: readonly Tag[],
  error: unknown,
  during: 'read' | 'write',
  sentBefore: boolean,
): Promise<Attempt> {
  if (!isExpectedError(error)) console.error(error)
  const problem = problemOf(error)
  const reaction = reactions[problem.code] ?? failed
  // A write that is `unreachable` never left: see translate-error.ts.
  const mayHaveWorked = during === 'write' && reaction.do === 'retry' && problem.code !== 'unreachable'
  const nothingSent = !sentBefore && !mayHaveWorked
  const requestId = during === 'write' ? requestIdOf(error) : undefined
  const told = { problem, ...(requestId && { requestId }) }
  const failedCall = { keys: tags.map(({ key }) => key), ...told }
  const tryAgain: NextTry = { nothingSent, ...(during === 'write' && { failedCall }) }
  switch (reaction.do) {
    case 'pause':
      ports.aws.forget()
      await pauseRemovals(ports.store, { removalId: item.removalId }, 'credentials', problem.message)
      return { outcomes: [], tryAgain }
    case 'yield':
      paceOfCall(item, during).throttled()
      return { outcomes: [], tryAgain: { ...tryAgain, delaySeconds: THROTTLED_RETRY_SECONDS } }
    case 'retry':
      if (item.attempts + 1 >= ATTEMPTS_MAX) {
        return { outcomes: all(tags, { outcome: nothingSent ? 'failed' : 'settling', ...told }) }
      }
      return { outcomes: [], tryAgain: { ...tryAgain, countsAsAttempt: true, delaySeconds: retrySeconds(item) } }
    case 'settle':
      if (during === 'write' && reaction.splits && tags.length > 1) {
        await recordFailedCall(ports.store, item, failedCall)
        return oneByOne(ports, item, tags)
      }
      return {
        outcomes: all(tags, { outcome: isInDoubt(item, during, sentBefore) ? 'settling' : reaction.outcome, ...told }),
      }
  }
}

/**
 * Whether an earlier call may have changed the tags although this one was refused. Nobody could put back what is settled
 * as denied or failed, so then the proof decides.
 */
function isInDoubt(item: ClaimedItem, during: 'read' | 'write', sentBefore: boolean): boolean {
  return during === 'read' ? sentBefore : item.sent
}

// Whether a refused call for several keys may have changed some of them is not documented, so a key that is now as
// intended counts as ours.
async function oneByOne(ports: LanePorts, item: ClaimedItem, tags: readonly Tag[]): Promise<Attempt> {
  for (const tag of tags) {
    await paceOfCall(item, 'write').take()
    const { outcomes, tryAgain } = await changeTags(ports, item, [tag], true)
    await recordOutcomes(ports.store, item, outcomes)
    if (tryAgain) return { outcomes: [], tryAgain }
  }
  return { outcomes: [] }
}

const retrySeconds = ({ attempts }: ClaimedItem) => Math.min(2 ** attempts, RETRY_SECONDS_MAX)

function paceOfCall({ lane, type, direction }: ClaimedItem, during: 'read' | 'write') {
  const { account, region } = parseLane(lane)
  return during === 'read'
    ? paceOf(account, region, tagOperations[type].readQuota, READ_SHARE)
    : paceOf(account, region, writeQuotaOf(type, direction), writeShare())
}
