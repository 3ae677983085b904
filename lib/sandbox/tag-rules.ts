/** User-created tags on a resource; `aws:` tags do not count. */
export const userTagsMax = 50

/**
 * Letters, digits, spaces and `_ . : / = + - @`.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html
 */
export const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** The `aws:` prefix is AWS's own, in any case of letters. */
export function isReserved(tagKey: string): boolean {
  return tagKey.toLowerCase().startsWith('aws:')
}

/** Whether a tag key stands in the list twice. */
export function duplicates(tagKeys: readonly string[]): boolean {
  return new Set(tagKeys).size < tagKeys.length
}
