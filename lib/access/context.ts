import type { Service } from './action-mask.ts'
import { userIdOf } from './key-facts.ts'
import { plainText } from './pattern.ts'
import type { Identity } from './principal.ts'
import { conditionKeyNamed } from './reference.ts'

/** The values of a context key; undefined when the request has no such key. */
export type Values = readonly string[] | undefined

/** What is known of a context key: nothing (`free`), or its values. */
export type Knowledge = 'free' | Known
export interface Known {
  readonly values: Values
  /** Why AWS's documents do not say which values a condition reads. */
  readonly doubt?: string
  /** The doubt is which of these values a condition reads, or that it reads none. */
  readonly isEither?: true
}

/** Answers for every context key, which is lower-case. */
export type Know = (contextKey: string) => Knowledge

/** The subject of Resource and NotResource; no context key is spelled like it. */
export const RESOURCE = 'Resource'

/** Only requests that write or remove tags carry tag keys, and only those that write carry tags. */
export type RequestKind = 'untag' | 'tag' | 'other'

export interface RequestFacts {
  readonly who: Identity
  readonly principalTags: TagIndex
  readonly areSessionTagsKnown: boolean
  readonly service: Service
  readonly kind: RequestKind
  readonly context: ReadonlyMap<string, readonly string[]>
  /** Whether a request key that is not listed is free; else it is missing. */
  readonly isOpen: boolean
}

/** Tags by lower-case key, as conditions read them. */
export type TagIndex = ReadonlyMap<string, Known>

/** A context key that the request has not. */
export const MISSING: Known = { values: undefined }
const SPELLINGS = 'tags whose keys differ only by case: a condition reads one of them, and AWS does not say which'

/**
 * Names of condition keys ignore case, the tag key in them included.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function indexTags(tags: Iterable<readonly [string, string]>): TagIndex {
  const index = new Map<string, Known>()
  for (const [tagKey, value] of tags) {
    const earlier = index.get(tagKey.toLowerCase())?.values ?? []
    const values = [...earlier, value].sort()
    index.set(tagKey.toLowerCase(), earlier.length > 0 ? { values, doubt: SPELLINGS, isEither: true } : { values })
  }
  return index
}

/** A context key that has exactly these values. */
export function known(...values: readonly string[]): Known {
  return { values }
}

/** aws:PrincipalType. IAM User Guide, "Principal key values". */
const principalTypes = { root: 'Account', user: 'User', role: 'AssumedRole' }

const PATH = 'the ARN of a session does not tell the path of its Identity Center role; add `roleArn`'

/**
 * Whether the role surely has a path that nobody told: roles of Identity Center have one, mostly with its Region.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function isPathReserved({ isPathUnknown, name }: Identity): boolean {
  return isPathUnknown === true && name.startsWith('AWSReservedSSO_')
}

const fromPrincipal: Record<string, (who: Identity) => Knowledge> = {
  'aws:principalarn': (who) => (isPathReserved(who) ? { ...known(who.arn), doubt: PATH } : known(who.arn)),
  'aws:principalaccount': ({ account }) => known(account),
  'kms:calleraccount': ({ account }) => known(account),
  'aws:principaltype': ({ kind }) => known(principalTypes[kind]),
  'aws:principalisawsservice': () => known('false'),
  'aws:principalservicename': () => MISSING,
  'aws:principalservicenameslist': () => MISSING,
  'aws:username': ({ kind, name }) => (kind === 'user' ? known(name) : MISSING),
  'aws:securetransport': () => known('true'),
}

/**
 * What is known of a context key that does not hang on the resource. Context keys of the other service, and of services
 * that give requests no keys, are missing; a key of the same service that the reference does not list for the action is
 * free, because the reference has gaps.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function knowOfRequest(contextKey: string, request: RequestFacts): Knowledge {
  const { who, service, context, isOpen } = request
  if (isOfOtherService(contextKey, service)) return MISSING
  const derived = Object.hasOwn(fromPrincipal, contextKey) ? fromPrincipal[contextKey]?.(who) : undefined
  if (derived !== undefined) return derived
  if (contextKey.startsWith('aws:principaltag/')) return principalTag(contextKey.slice(17), request)
  // The root user's is the account's id. IAM User Guide, "Where you can use policy variables".
  if (contextKey === 'aws:userid' && who.kind === 'root') return known(who.account)
  const userId = contextKey === 'aws:userid' ? plainText(userIdOf(who)) : undefined
  if (userId !== undefined) return known(userId)
  const given = context.get(contextKey) ?? encryptionContextKeys(contextKey, context)
  if (given !== undefined) return { values: given }
  return isOpen && mayBePresent(contextKey, request) ? 'free' : MISSING
}

function principalTag(tagKey: string, { principalTags, areSessionTagsKnown, isOpen }: RequestFacts): Knowledge {
  return principalTags.get(tagKey) ?? (isOpen && !areSessionTagsKnown ? 'free' : MISSING)
}

const ENCRYPTION_CONTEXT = 'kms:encryptioncontext:'

/** The names of the pairs that are given. KMS Developer Guide, "kms:EncryptionContextKeys". */
function encryptionContextKeys(contextKey: string, context: RequestFacts['context']): Values {
  if (contextKey !== 'kms:encryptioncontextkeys') return undefined
  const names = [...context.keys()].filter((key) => key.startsWith(ENCRYPTION_CONTEXT))
  return names.length === 0 ? undefined : names.map((key) => key.slice(ENCRYPTION_CONTEXT.length))
}

/** Context keys of the one service are in no request to the other. */
export function isOfOtherService(contextKey: string, service: Service): boolean {
  return contextKey.startsWith(service === 'kms' ? 'secretsmanager:' : 'kms:')
}

function mayBePresent(contextKey: string, { service, kind }: RequestFacts): boolean {
  if (contextKey === 'aws:tagkeys') return kind !== 'other'
  if (contextKey.startsWith('aws:requesttag/')) return kind === 'tag'
  if (contextKey.startsWith('aws:') || contextKey.startsWith(`${service}:`)) return true
  // Those of the credentials: ec2:SourceInstanceArn, lambda:SourceFunctionArn, identity providers.
  return conditionKeyNamed(contextKey) !== undefined || /^saml:|^[\w-]+\.[\w./-]+:/.test(contextKey)
}
