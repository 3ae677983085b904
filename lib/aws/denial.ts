// What the tail of AWS's denial says about the layer that decided.
// IAM User Guide, "Troubleshoot access denied error messages".
const LAYER =
  '(identity-based policy|resource-based policy|permissions boundary|sessions? policy|VPC endpoint policy|service control policy|resource control policy)'
const NO_ALLOW = new RegExp(`because no ${LAYER} allows`, 'i')
const EXPLICIT_DENY = new RegExp(`with an explicit deny in an? ${LAYER}`, 'i')
const GENERAL_FORM = /is not authorized to perform: (\S+)/i

const whereAllowsCome: Record<string, string | undefined> = {
  'identity-based policy': 'no IAM policy of the caller allows it, or a condition (on tags, for example) is not met',
  'resource-based policy': 'the policy of the resource neither names the caller nor leaves the decision to IAM',
}

/**
 * Puts a denial of AWS into words: which permission is missing, and which layer of policies decided, as far as AWS says.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function explainDenial(words: string, operation: string): string {
  const action = GENERAL_FORM.exec(words)?.[1] ?? operation
  return `AWS denied it: ${decidingLayer(words)}; the missing permission is ${action}${doubt(words, operation)}`
}

function decidingLayer(words: string): string {
  const denying = EXPLICIT_DENY.exec(words)?.[1]
  if (denying) return `an explicit deny in the ${denying}`
  const silent = NO_ALLOW.exec(words)?.[1]
  if (silent) return whereAllowsCome[silent.toLowerCase()] ?? `no ${silent} allows it`
  return words === '' ? 'AWS gives no reason' : words.replace(/\.$/, '')
}

const guarded = new Set(['secretsmanager:TagResource', 'secretsmanager:UntagResource'])
const OWN_ACCESS = /\block(ed)?[- ]?out\b|\b(lose|losing|loss of)\b|\bown (permissions?|access)\b/i

/**
 * Whether Secrets Manager refused a tag call because it would take away the caller's own access. AWS documents an
 * access-denied error without its text, so this is as far as it can be told: a denial that speaks of the caller's own
 * access, or that is not in the general form of a plain denial.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export function isLockoutRefusal({ name, message }: { name: string; message: string }, operation: string): boolean {
  if (!guarded.has(operation) || !/^AccessDenied(Exception)?$/.test(name)) return false
  const withoutNames = message.replace(/arn:\S+/g, '')
  return OWN_ACCESS.test(withoutNames) || !GENERAL_FORM.test(message)
}

function doubt(words: string, operation: string): string {
  const isPlain = EXPLICIT_DENY.test(words) || NO_ALLOW.test(words)
  return guarded.has(operation) && !isPlain
    ? '. Secrets Manager answers in the same way when the change would take away your own access to the secret'
    : ''
}
