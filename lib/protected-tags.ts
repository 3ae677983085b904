import { protectedTagPolicies } from './protected-tag-policies.ts'
import type { ResourceType } from './resource.ts'
import type { Tag } from './tag.ts'

/** AWS managed policies whose decisions change when a tag goes. */
export interface ProtectedTagPolicy {
  tagKey: string
  type: ResourceType
  /** Whether the policies allow less without the tag, so that a feature of AWS breaks, or more. */
  effect: 'breaks' | 'opens'
  /** The service of AWS that uses the policies. */
  feature: string
  policies: readonly string[]
  /** The values that are asked for, with the wildcards of StringLike; without them any value counts. */
  values?: readonly string[]
  /** Tag keys that the policies want on the same resource too; without one of them this tag decides nothing. */
  beside?: readonly string[]
}

/** Why a tag should stay: policies of AWS, or a pattern of the operator's own list. */
export type Protection = ProtectedTagPolicy | { effect: 'listed'; pattern: string }

/** A resource as it stands, with all of its tags. */
export interface TaggedResource {
  type: ResourceType
  tags: readonly Tag[]
}

/**
 * What speaks against removing a tag from a resource: first what AWS managed policies make of it, then each pattern of
 * the operator's own list (`*` any text, `?` one character). Empty for a tag that nothing protects. Upper and lower
 * case of tag keys are one, as they are to conditions. Whether somebody in the account uses the policies is not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function protectionsOf(tag: Tag, resource: TaggedResource, patterns: readonly string[] = []): Protection[] {
  const tagKey = tag.key.toLowerCase()
  return [
    ...(builtIn.get(tagKey) ?? []).filter((row) => decides(row, tag, resource)),
    ...patterns
      .filter((pattern) => matches(pattern.toLowerCase(), tagKey))
      .map((pattern) => ({ effect: 'listed' as const, pattern })),
  ]
}

const builtIn = Map.groupBy(protectedTagPolicies, (row) => row.tagKey.toLowerCase())

function decides({ type, values = ['*'], beside = [] }: ProtectedTagPolicy, tag: Tag, resource: TaggedResource) {
  const tagKeys = new Set(resource.tags.map(({ key }) => key.toLowerCase()))
  return (
    type === resource.type &&
    values.some((value) => matches(value, tag.value)) &&
    beside.every((other) => tagKeys.has(other.toLowerCase()))
  )
}

/** What removing the tag does, as a sentence without its stop. */
export function protectionSentence(protection: Protection): string {
  if (protection.effect === 'listed')
    return `tag keys like \`${protection.pattern}\` are on your list of protected tags`
  const { effect, feature, policies } = protection
  const [first = '', ...others] = policies
  const named = others.length === 0 ? `\`${first}\`` : `\`${first}\` and ${others.length} more AWS managed policies`
  return effect === 'breaks'
    ? `${feature} relies on this tag and can break without it, because of ${named}`
    : `this tag limits what ${feature} may do; without it, access opens by ${named}`
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'su').test(text)
}
