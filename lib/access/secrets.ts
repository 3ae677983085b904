import { actionsOf } from './action-mask.ts'
import type { Action } from './reference.ts'
import type { Verdict } from './situation.ts'

/** The actions that Secrets Manager's guard may look at: those that are done to a secret. */
const secretActions: readonly Action[] = actionsOf('secretsmanager').filter(
  ({ resourceTypes }) => resourceTypes.length > 0,
)

/**
 * Whether Secrets Manager refuses an untag because its caller would lose “permissions for the secret”: surely when it
 * loses the untag itself or everything that it may read and write, perhaps when it loses a part. AWS does not say how
 * much must be lost. KMS has no such guard.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export function blocksUntag(verdictOn: (action: Action) => Verdict): boolean | 'unknown' {
  const verdicts = secretActions.map((action) => ({ action, ...verdictOn(action) }))
  const isLost = ({ before, effect }: Verdict) => before === 'allow' && effect.includes('loss')
  const isUse = ({ level }: Action) => level === 'Read' || level === 'Write'
  const uses = verdicts.filter(({ action, before }) => isUse(action) && before !== 'deny')
  if (verdicts.some((each) => each.action.name === 'secretsmanager:UntagResource' && isLost(each))) return true
  if (uses.length > 0 && uses.every(isLost)) return true
  const mayBeLost = ({ effect }: Verdict) => effect.some((each) => each !== 'gain' && each !== 'may-gain')
  return verdicts.some(mayBeLost) ? 'unknown' : false
}
