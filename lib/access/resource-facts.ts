import { parseArn } from '../arn.ts'
import type { Service } from './action-mask.ts'
import type { CaseResource, KeyMetadata } from './case.ts'
import {
  isOfOtherService,
  type Known,
  known,
  MISSING,
  RESOURCE,
  type RequestFacts,
  type TagIndex,
  type Values,
} from './context.ts'

type ResourceMetadata = Pick<CaseResource, 'arn' | 'primaryRegion' | keyof KeyMetadata>

export interface ResourceFacts {
  readonly arn: string
  /** What the case tells of the resource; undefined for actions that are done to none. */
  readonly told: ResourceMetadata | undefined
  /** What Resource elements are held against: the ARN, or `*` for actions that are done to no resource. */
  readonly subject: string
  readonly tags: TagIndex
  readonly aliases: readonly string[]
  /** The tag keys of the untag call, exact. */
  readonly removedTagKeys: readonly string[]
}

/** Facts of the resource. `undefined`: absent. */
const fromResource: Record<string, (resource: ResourceFacts) => Values> = {
  [RESOURCE]: ({ subject }) => [subject],
  'aws:resourceaccount': ({ arn }) => [parseArn(arn)?.account ?? ''],
  'aws:requestedregion': ({ arn }) => [parseArn(arn)?.region ?? ''],
  'secretsmanager:secretid': ({ arn }) => [arn],
  'kms:resourcealiases': ({ aliases }) => (aliases.length === 0 ? undefined : aliases),
}

/**
 * Facts of the resource that a request may tell instead: what is created does not exist yet. `undefined`: nobody knows.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const fromResourceUnlessGiven: Record<string, (told: ResourceMetadata) => string | undefined> = {
  'secretsmanager:secretprimaryregion': ({ primaryRegion }) => primaryRegion,
  'kms:keyspec': ({ keySpec }) => keySpec,
  'kms:customermasterkeyspec': ({ keySpec }) => keySpec,
  'kms:keyusage': ({ keyUsage }) => keyUsage,
  'kms:customermasterkeyusage': ({ keyUsage }) => keyUsage,
  'kms:keyorigin': ({ keyOrigin }) => keyOrigin,
  'kms:multiregionkeytype': ({ multiRegionKeyType }) => multiRegionKeyType,
  // “You can use the mrk- prefix to identify MRKs programmatically.” KMS Developer Guide, "How multi-Region keys work".
  'kms:multiregion': ({ arn, multiRegion }) => String(multiRegion ?? arn.includes(':key/mrk-')),
}

/** Tags of resources, by service. Secrets Manager has a key of its own beside the global one. */
const resourceTagPrefixes: Record<Service, readonly string[]> = {
  kms: ['aws:resourcetag/'],
  secretsmanager: ['aws:resourcetag/', 'secretsmanager:resourcetag/'],
}

/** The resource's tag key (lower-case) that a context key reads; undefined when it reads none. */
export function resourceTagKeyOf(contextKey: string, service: Service): string | undefined {
  const prefix = resourceTagPrefixes[service].find((each) => contextKey.startsWith(each))
  return prefix === undefined ? undefined : contextKey.slice(prefix.length)
}

/** Whether what is known of a context key hangs on the resource. */
export function isOfResource(contextKey: string, { service, kind, context, isOpen }: RequestFacts): boolean {
  if (resourceTagKeyOf(contextKey, service) !== undefined || Object.hasOwn(fromResource, contextKey)) {
    return !isOfOtherService(contextKey, service)
  }
  if (context.has(contextKey) || isOfOtherService(contextKey, service)) return false
  if (contextKey === 'aws:tagkeys') return isOpen && kind === 'untag'
  return Object.hasOwn(fromResourceUnlessGiven, contextKey)
}

/** What a resource tells of a context key of its own; undefined where it tells nothing, so that the request decides. */
export function knowOfResource(contextKey: string, service: Service, resource: ResourceFacts): Known | undefined {
  const tagKey = resourceTagKeyOf(contextKey, service)
  if (tagKey !== undefined) return resource.tags.get(tagKey) ?? MISSING
  if (contextKey === 'aws:tagkeys') return { values: resource.removedTagKeys }
  const derive = fromResource[contextKey]
  if (derive !== undefined) return { values: derive(resource) }
  const value = resource.told && fromResourceUnlessGiven[contextKey]?.(resource.told)
  return value === undefined ? undefined : known(value)
}
