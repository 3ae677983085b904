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

const calls = {
  remove: { change: 'UntagResource', reverse: 'TagResource' },
  putBack: { change: 'TagResource', reverse: 'UntagResource' },
} as const satisfies Record<Direction, object>
const prefixes = { 'kms-key': 'kms', secret: 'secretsmanager' } as const

/** The action that a plan does to a resource, and the one that reverses it. */
export function callNames(type: AccountResource['type'], direction: Direction): { change: string; reverse: string } {
  const { change, reverse } = calls[direction]
  return { change: `${prefixes[type]}:${change}`, reverse: `${prefixes[type]}:${reverse}` }
}

const NOBODY = 'the policies of whoever is signed in are not among those that were read'

/** Nobody knows what the operator may: it is none of the account's principals, such as a federated user. */
export function unknownCalls({ type }: Pick<AccountResource, 'type'>): OperatorCalls {
  return { change: 'unknown', reverse: 'unknown', awsRefuses: type === 'secret' && 'unknown', reasons: [NOBODY] }
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
  const names = callNames(now.type, direction)
  const change = answerTo(operator, { ...removal, ...now }, names.change, changed)
  const reverse = answerTo(operator, { ...removal, ...afterwards }, names.reverse, changed)
  const awsRefuses = now.type === 'secret' && isChangedForIt && isRefused(operator, removal, direction, names.change)
  return {
    change: change.decision,
    reverse: reverse.decision,
    awsRefuses,
    reasons: [...change.reasons, ...reverse.reasons],
  }
}

function answerTo(operator: AccountPrincipal, resource: AccountResource, call: string, tags: readonly Tag[]) {
  const question = caseOf(operator, { ...resource, removeTags: [] }, call)
  const answer = decide({ ...question, context: contextOf(call, tags) }, { context: 'open' })
  const decision = answer.before
  return { decision, reasons: decision === 'unknown' && answer.reason ? [answer.reason] : [] }
}

/** What the request tells of the tags. IAM User Guide, "Controlling access during AWS requests". */
function contextOf(call: string, tags: readonly Tag[]): ReadonlyMap<string, readonly string[]> {
  const context = new Map([['aws:tagkeys', tags.map(({ key }) => key)]])
  if (call.endsWith(':UntagResource')) return context
  for (const { key, value } of tags) context.set(`aws:requesttag/${key.toLowerCase()}`, [value])
  return context
}

function isRefused(
  operator: AccountPrincipal,
  removal: AccountResource,
  direction: Direction,
  call: string,
): ItemImpact['awsRefuses'] {
  const verdictOn = ({ name }: { name: string }) => {
    const verdict = decide(caseOf(operator, removal, name), { context: 'open' })
    return direction === 'remove' ? verdict : mirrored(verdict)
  }
  return blocksUntag(verdictOn, call)
}
