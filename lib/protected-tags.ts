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

/** Tag keys that the operator wants to keep (`*` any text, `?` one character), and why; the reason may be empty. */
export interface ProtectedPattern {
  pattern: string
  note: string
}

/** Why a tag should stay: policies of AWS, or a pattern of the operator's own list. */
export type Protection = ProtectedTagPolicy | ({ effect: 'listed' } & ProtectedPattern)

/** A tag that would be removed although something speaks against it. */
export interface ProtectedTag {
  tagKey: string
  protection: Protection
}

/** A resource as it stands, with all of its tags. */
export interface TaggedResource {
  type: ResourceType
  tags: readonly Tag[]
}

/**
 * What speaks against removing a tag from a resource: first what AWS managed policies make of it, then each pattern of
 * the operator's own list. Empty for a tag that nothing protects. Upper and lower
 * case of tag keys are one, as they are to conditions. Whether somebody in the account uses the policies is not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function protectionsOf(
  tag: Tag,
  resource: TaggedResource,
  patterns: readonly ProtectedPattern[] = [],
): Protection[] {
  const tagKey = tag.key.toLowerCase()
  return [
    ...(builtIn.get(tagKey) ?? []).filter((row) => decides(row, tag, resource)),
    ...patterns
      .filter(({ pattern }) => matches(pattern.toLowerCase(), tagKey))
      .map((listed) => ({ effect: 'listed' as const, ...listed })),
  ]
}

/** All that speaks against removing these tags of a resource; see {@link protectionsOf}. */
export function protectedTagsOf(
  removed: readonly Tag[],
  resource: TaggedResource,
  patterns: readonly ProtectedPattern[],
): ProtectedTag[] {
  return removed.flatMap((tag) =>
    protectionsOf(tag, resource, patterns).map((protection) => ({ tagKey: tag.key, protection })),
  )
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
  if (protection.effect === 'listed') {
    const { pattern, note } = protection
    return `tag keys like \`${pattern}\` are on your list of protected tags${note === '' ? '' : `: ${note}`}`
  }
  const { effect, feature, policies } = protection
  const [first = '', ...others] = policies
  const named = others.length === 0 ? `\`${first}\`` : `\`${first}\` and ${others.length} more AWS managed policies`
  return effect === 'breaks'
    ? `${feature} relies on this tag and can break without it, because of ${named}`
    : `this tag limits what ${feature} may do; without it, access opens by ${named}`
}

/** The same with the tag key in front, for where several tags stand. */
export function protectedTagSentence({ tagKey, protection }: ProtectedTag): string {
  return `\`${tagKey}\`: ${protectionSentence(protection)}`
}

/**
 * Whether the whole text matches: `*` any text, `?` one character. Goes back to the last star alone, so that the time is
 * bounded by the product of both lengths, whatever the number of stars.
 */
function matches(pattern: string, text: string): boolean {
  const wanted = [...pattern]
  const given = [...text]
  let at = 0
  let star = -1
  let next = 0
  for (let place = 0; place < given.length; ) {
    if (wanted[at] === '*') {
      star = at++
      next = place
    } else if (wanted[at] === '?' || wanted[at] === given[place]) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++next
    } else return false
  }
  return wanted.slice(at).every((character) => character === '*')
}
