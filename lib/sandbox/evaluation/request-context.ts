import type { Facts } from './facts.ts'
import type { Identity } from './identity.ts'

/** What the request says under one condition key. */
export interface ContextEntry {
  /** Never empty: a key without a value is absent. */
  readonly values: readonly string[]
  readonly isMultivalued: boolean
  /** Two names that differ only by case carry the key: AWS reads "either but not both". */
  readonly isAmbiguous: boolean
}

/** By the condition key's name in lower case, tag keys included: names of condition keys ignore case. */
export type RequestContext = ReadonlyMap<string, ContextEntry>

// IAM User Guide, "AWS global condition context keys", value type; Service Authorization Reference, `ArrayOf…`.
const multivalued: readonly string[] = [
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
  'secretsmanager:addreplicaregions',
  'sts:transitivetagkeys',
]

type Given = readonly [name: string, value: string | readonly string[] | undefined]

/**
 * The request context: what was given with the request, and over it what follows from principal and resource.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html (names ignore case, the tag key included)
 */
export function requestContextOf(facts: Facts, identity: Identity): RequestContext {
  const given = entriesOf([...Object.entries(facts.context), ...otherFormOfNow(facts.context)])
  const derived = entriesOf([...ofPrincipal(facts, identity), ...ofResource(facts, identity)])
  return new Map([...given, ...derived])
}

function entriesOf(given: readonly Given[]): Map<string, ContextEntry> {
  const entries = new Map<string, ContextEntry>()
  for (const [name, value] of given) {
    const key = name.toLowerCase()
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value
    if (values.length === 0) continue
    const isMultivalued = multivalued.includes(key) || values.length > 1
    const earlier = entries.get(key)
    entries.set(key, {
      values: [...(earlier?.values ?? []), ...values],
      isMultivalued,
      isAmbiguous: earlier !== undefined,
    })
  }
  return entries
}

// aws:CurrentTime and aws:EpochTime are one instant, and both are in every request.
function otherFormOfNow(context: Facts['context']): Given[] {
  const written = (name: string) => Object.entries(context).find(([key]) => key.toLowerCase() === name)?.[1]
  const [current, epochSeconds] = [written('aws:currenttime'), written('aws:epochtime')]
  if (typeof current === 'string' && epochSeconds === undefined && !Number.isNaN(Date.parse(current))) {
    return [['aws:EpochTime', String(Math.floor(Date.parse(current) / 1000))]]
  }
  if (typeof epochSeconds === 'string' && current === undefined && /^\d+$/.test(epochSeconds)) {
    return [['aws:CurrentTime', new Date(Number(epochSeconds) * 1000).toISOString()]]
  }
  return []
}

// IAM User Guide, "Policy variables", table of the principal's key values.
const principalType = { root: 'Account', user: 'User', role: 'AssumedRole' } as const

function ofPrincipal({ principal }: Facts, { kind, arn, account }: Identity): Given[] {
  return [
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalType', principalType[kind]],
    ...(kind === 'root' ? [['aws:userid', account] as const] : []),
    ...(principal.userId === undefined ? [] : [['aws:userid', principal.userId] as const]),
    ...(kind === 'user' ? [['aws:username', arn.slice(arn.lastIndexOf('/') + 1)] as const] : []),
    ...tagsAs('aws:PrincipalTag', principal.tags),
  ]
}

function ofResource({ action, resource }: Facts, { account }: Identity): Given[] {
  const [, , , region, owner] = resource.arn.split(':')
  const service = action.split(':')[0]?.toLowerCase()
  return [
    ['aws:SecureTransport', 'true'],
    ...(region ? [['aws:RequestedRegion', region] as const] : []),
    ...(owner ? [['aws:ResourceAccount', owner] as const] : []),
    ...tagsAs('aws:ResourceTag', resource.tags),
    ...(service === 'kms' ? ofKey(resource, account) : []),
    ...(resource.type === 'secret' ? ofSecret(resource) : []),
  ]
}

// KMS Developer Guide, "AWS KMS condition keys": the CustomerMasterKey names are the deprecated ones of KeySpec and KeyUsage
// and "work the same way".
function ofKey({ aliases, kmsFacts }: Facts['resource'], callerAccount: string): Given[] {
  return [
    ['kms:CallerAccount', callerAccount],
    ['kms:ResourceAliases', aliases],
    ['kms:KeySpec', kmsFacts?.KeySpec],
    ['kms:CustomerMasterKeySpec', kmsFacts?.KeySpec],
    ['kms:KeyUsage', kmsFacts?.KeyUsage],
    ['kms:CustomerMasterKeyUsage', kmsFacts?.KeyUsage],
    ['kms:KeyOrigin', kmsFacts?.Origin],
    ['kms:MultiRegion', kmsFacts?.MultiRegion?.toString()],
    ['kms:MultiRegionKeyType', kmsFacts?.MultiRegionKeyType],
  ]
}

// Service Authorization Reference, "AWS Secrets Manager", condition keys.
function ofSecret({ arn, tags, primaryRegion }: Facts['resource']): Given[] {
  return [
    ['secretsmanager:SecretId', arn],
    ['secretsmanager:SecretPrimaryRegion', primaryRegion],
    ...tagsAs('secretsmanager:ResourceTag', tags),
  ]
}

function tagsAs(prefix: string, tags: Readonly<Record<string, string>>): Given[] {
  return Object.entries(tags).map(([tagKey, value]) => [`${prefix}/${tagKey}`, value])
}
