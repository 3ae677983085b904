/**
 * Whether a text can be stored and sent as it is: PostgreSQL holds no U+0000, and half a surrogate pair has no UTF-8.
 * @see https://www.postgresql.org/docs/current/datatype-json.html
 */
export function isWholeText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** A text without what {@link isWholeText} minds: for words of others that are only shown. */
export function asWholeText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** Whether every text of a value is whole; see {@link isWholeText}. For plain values without cycles. */
export function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return isWholeText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, part]) => isWholeText(name) && isWhole(part))
}
