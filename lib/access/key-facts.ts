import { merged, type Pattern } from './pattern.ts'
import type { Identity } from './principal.ts'
import { conditionKeyNamed } from './reference.ts'
import type { KeyFacts } from './situation.ts'

/** Availability “always” on the reference's page of each key. */
const alwaysPresent = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:userid',
  'aws:viaawsservice',
  'kms:keyspec',
  'kms:keyusage',
  'kms:keyorigin',
])

const types = {
  ARN: 'arn',
  Bool: 'bool',
  Date: 'date',
  IPAddress: 'ipAddress',
  Numeric: 'numeric',
  String: 'string',
} as const

const remembered = new Map<string, KeyFacts>()
/** Policies come from outside: what is remembered of the names in them must not grow with their number. */
const REMEMBERED_MAX = 10_000

/** Type and number of values of a context key; of one that nobody knows, a single text. */
export function keyFacts(contextKey: string): KeyFacts {
  const known = remembered.get(contextKey)
  if (known !== undefined) return known
  const reference = conditionKeyNamed(contextKey)
  const facts = {
    type: types[reference?.type ?? 'String'],
    isMultivalued: reference?.multivalued === true,
    isAlwaysPresent: alwaysPresent.has(contextKey),
  }
  if (remembered.size < REMEMBERED_MAX) remembered.set(contextKey, facts)
  return facts
}

const some: Pattern = [{ kind: 'one' }, { kind: 'many' }]

/** What is known of aws:userid: a user's id, or the id of the role, a colon and the session's name. */
export function userIdOf({ kind, userId, sessionName }: Identity): Pattern {
  const id = userId === undefined ? some : textPattern(userId)
  const name = sessionName === undefined ? some : textPattern(sessionName)
  return kind === 'role' ? merged([...id, ...textPattern(':'), ...name]) : id
}

function textPattern(text: string): Pattern {
  return [{ kind: 'text', text }]
}

/**
 * As {@link keyFacts}, with the form of aws:userid.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function keyFactsFor(who: Identity): (contextKey: string) => KeyFacts {
  const form = userIdOf(who)
  return (contextKey) => (contextKey === 'aws:userid' ? { ...keyFacts(contextKey), form } : keyFacts(contextKey))
}
