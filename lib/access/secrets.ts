import { actionsOf } from './action-mask.ts'
import type { Action } from './reference.ts'
import type { Verdict } from './situation.ts'

/** The actions that Secrets Manager's guard may look at: those that are done to a secret. */
const secretActions: readonly Action[] = actionsOf('secretsmanager').filter(
  ({ resourceTypes }) => resourceTypes.length > 0,
)

/**
 * Whether Secrets Manager refuses a change of tags because its caller would lose “permissions for the secret”: surely
 * when it loses the call itself or everything that it may read and write, perhaps when it loses a part. AWS does not say
 * how much must be lost. KMS has no such guard.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html
 */
export function blocksUntag(
  verdictOn: (action: Action) => Pick<Verdict, 'before' | 'effect'>,
  call = 'secretsmanager:UntagResource',
): boolean | 'unknown' {
  const verdicts = secretActions.map((action) => ({ action, ...verdictOn(action) }))
  const isLost = ({ before, effect }: Pick<Verdict, 'before' | 'effect'>) =>
    before === 'allow' && effect.includes('loss')
  const isUse = ({ level }: Action) => level === 'Read' || level === 'Write'
  const uses = verdicts.filter(({ action, before }) => isUse(action) && before !== 'deny')
  if (verdicts.some((each) => each.action.name === call && isLost(each))) return true
  if (uses.length > 0 && uses.every(isLost)) return true
  const mayBeLost = ({ effect }: Pick<Verdict, 'effect'>) =>
    effect.some((each) => each !== 'gain' && each !== 'may-gain')
  return verdicts.some(mayBeLost) ? 'unknown' : false
}
