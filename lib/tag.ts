export interface Tag {
  key: string
  value: string
}

/** Bounds of both services. KMS and Secrets Manager API Reference, "Tag". */
export const TAG_KEY_LENGTH_MAX = 128
export const TAG_VALUE_LENGTH_MAX = 256

/**
 * Whether AWS keeps this tag key to itself: such tags cannot be edited or removed by anybody.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function isReservedTagKey(tagKey: string): boolean {
  return /^aws:/i.test(tagKey)
}

/** Whether a tag key has a length that both services accept. */
export function isTagKey(tagKey: string): boolean {
  return tagKey.length >= 1 && tagKey.length <= TAG_KEY_LENGTH_MAX
}

/**
 * Tag keys that people mean to be the same word share this form: `Owner`, `owner` and `OWNER ` do, `cost-center` and
 * `CostCenter` do. For showing likely slips of spelling only; AWS compares tag keys exactly.
 */
export function tagKeySpelling(tagKey: string): string {
  const folded = tagKey
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '')
  return folded === '' ? tagKey : folded
}

const SENSITIVE = [
  /[^\s@]@[^\s@]+\.[a-z]{2,}/i,
  /passw(or)?d|secret|token|api[-_ ]?key|credential|private/i,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b\d{3}-\d{2}-\d{4}\b/,
  /\b[A-Za-z0-9+/]{40,}={0,2}/,
]

/**
 * Whether a text looks like something that should not stand in a log. Both services write the request parameters of
 * an untag call, tag keys included, to CloudTrail.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export function looksSensitive(text: string): boolean {
  return SENSITIVE.some((pattern) => pattern.test(text))
}

/** Tags in a fixed order (by key, code unit by code unit), so that equal sets of tags are equal texts. */
export function sortTags(tags: readonly Tag[]): Tag[] {
  return [...tags].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
