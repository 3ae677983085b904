import { evaluate } from './evaluate.ts'
import type { Facts, Judgement } from './facts.ts'

/** An AssumeRole call: the role with its trust policy, and what the call passes on in `context`. */
export type Assumption = Omit<Facts, 'action'>

// What AssumeRole's parameters put into the context, and the permission that they need besides.
// IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles".
const furtherActions: readonly (readonly [contextKey: RegExp, action: string])[] = [
  [/^aws:(tagkeys$|requesttag\/)/i, 'sts:TagSession'],
  [/^sts:sourceidentity$/i, 'sts:SetSourceIdentity'],
]

/**
 * Judges an AssumeRole call: sts:AssumeRole, and sts:TagSession when it passes tags, sts:SetSourceIdentity when it
 * passes a source identity. The first refusal is the answer.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function mayAssume(assumption: Assumption): Judgement & { readonly action: string } {
  const contextKeys = Object.keys(assumption.context)
  const further = furtherActions.filter(([pattern]) => contextKeys.some((key) => pattern.test(key)))
  const judgements = ['sts:AssumeRole', ...further.map(([, action]) => action)].map((action) => ({
    action,
    ...evaluate({ ...assumption, action }),
  }))
  const [assuming] = judgements
  const refusal = judgements.find(({ decision }) => decision !== 'allowed')
  return refusal ?? assuming ?? { action: 'sts:AssumeRole', decision: 'implicitDeny', layer: 'resourcePolicy' }
}
