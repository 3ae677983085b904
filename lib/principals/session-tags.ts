import { matchesPattern } from '../access/glob.ts'
import { parsePolicyText } from '../access/parse-policy.ts'
import { tokenize } from '../access/pattern.ts'
import type { Statement } from '../access/policy.ts'

const TAG_SESSION = 'sts:tagsession'

/**
 * Whether sessions of a role may carry tags that nobody here knows: its trust policy lets somebody pass them. Who,
 * under which conditions, and whether another statement denies it is not looked at; a trust policy that cannot be read
 * may let anybody.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function mayCarrySessionTags(trustPolicy: string | null): boolean {
  if (trustPolicy === null) return true
  // As a key policy, because that is the kind whose statements may leave Resource out, as those of trust policies do.
  const { policy } = parsePolicyText(trustPolicy, '', 'key')
  if (policy === undefined) return true
  return policy.statements.some((statement) => statement.effect === 'Allow' && namesTagSession(statement))
}

function namesTagSession({ action: { negated, patterns } }: Statement): boolean {
  const isNamed = patterns.some((pattern) =>
    matchesPattern(tokenize(pattern.toLowerCase(), { variables: false, wildcards: true }), TAG_SESSION),
  )
  // Neither element: the statement has no effect.
  return patterns.length > 0 && isNamed !== negated
}
