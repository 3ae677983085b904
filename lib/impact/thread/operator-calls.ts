import { type AccountPrincipal, type AccountResource, caseOf } from '../../access/account.ts'
import { decide } from '../../access/decide.ts'
import { mirrored } from '../../access/mirror.ts'
import { blocksUntag } from '../../access/secrets.ts'
import type { ItemImpact } from '../../item-impact.ts'
import type { Tag } from '../../tag.ts'
import type { Direction } from './messages.ts'
import type { BothStates } from './planned-resource.ts'

/** What becomes of the calls that the operator makes itself. */
export interface OperatorCalls extends Pick<ItemImpact, 'change' | 'reverse' | 'awsRefuses'> {
  /** Why any of it is unknown. */
  readonly reasons: readonly string[]
}

type TaggingCall = 'UntagResource' | 'TagResource'
const calls: Record<Direction, { change: TaggingCall; reverse: TaggingCall }> = {
  remove: { change: 'UntagResource', reverse: 'TagResource' },
  putBack: { change: 'TagResource', reverse: 'UntagResource' },
}
const prefixes = { 'kms-key': 'kms', secret: 'secretsmanager' } as const

const NOBODY = 'the policies of whoever is signed in are not among those that were read'

/** Nobody knows what the operator may: its policies were not found. */
export const unknownCalls: OperatorCalls = {
  change: 'unknown',
  reverse: 'unknown',
  awsRefuses: 'unknown',
  reasons: [NOBODY],
}

/**
 * Whether the operator may make the call of the plan as things are now, and the reverse call once it has taken effect;
 * and whether AWS refuses the first because it would lock its caller out, which can only be where access changes.
 */
export function callsOf(
  operator: AccountPrincipal,
  { now, afterwards, removal }: BothStates,
  changed: readonly Tag[],
  direction: Direction,
  isChangedForIt: boolean,
): OperatorCalls {
  const change = answerTo(operator, { ...removal, ...now }, calls[direction].change, changed)
  const reverse = answerTo(operator, { ...removal, ...afterwards }, calls[direction].reverse, changed)
  const awsRefuses = now.type === 'secret' && isChangedForIt && isRefused(operator, removal, direction)
  return {
    change: change.decision,
    reverse: reverse.decision,
    awsRefuses,
    reasons: [...change.reasons, ...reverse.reasons],
  }
}

function answerTo(operator: AccountPrincipal, resource: AccountResource, call: TaggingCall, tags: readonly Tag[]) {
  const question = caseOf(operator, { ...resource, removeTags: [] }, `${prefixes[resource.type]}:${call}`)
  const answer = decide({ ...question, context: contextOf(call, tags) }, { context: 'open' })
  const decision = answer.before
  return { decision, reasons: decision === 'unknown' && answer.reason ? [answer.reason] : [] }
}

/** What the request tells of the tags. IAM User Guide, "Controlling access during AWS requests". */
function contextOf(call: TaggingCall, tags: readonly Tag[]): ReadonlyMap<string, readonly string[]> {
  const context = new Map([['aws:tagkeys', tags.map(({ key }) => key)]])
  if (call === 'UntagResource') return context
  for (const { key, value } of tags) context.set(`aws:requesttag/${key.toLowerCase()}`, [value])
  return context
}

function isRefused(
  operator: AccountPrincipal,
  removal: AccountResource,
  direction: Direction,
): ItemImpact['awsRefuses'] {
  const verdictOn = ({ name }: { name: string }) => decide(caseOf(operator, removal, name), { context: 'open' })
  return direction === 'remove'
    ? blocksUntag(verdictOn)
    : blocksUntag((action) => mirrored(verdictOn(action)), 'secretsmanager:TagResource')
}
