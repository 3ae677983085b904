import { createHash } from 'node:crypto'

/** A source of numbers in [0, 1): the same seed gives the same sequence on every machine. */
export type Random = () => number

/** Mulberry32. @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `length` characters picked from the alphabet. */
export function pickCharacters(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('')
}

/** A UUID in the form of a KMS key id. */
export function pickUuid(random: Random): string {
  const hex = pickCharacters(random, '0123456789abcdef', 32)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * An IAM unique id, the same at every start for the same name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (unique identifiers)
 */
export function uniqueId(prefix: 'AROA' | 'AIDA' | 'AGPA' | 'ANPA', accountId: string, name: string): string {
  const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const digest = createHash('sha256').update(`${accountId}/${name}`).digest()
  return prefix + Array.from(digest.subarray(0, 17), (byte) => base32.charAt(byte % 32)).join('')
}
